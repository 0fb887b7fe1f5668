"""Walks a town through its phases by the real actions: the same that pages call, with the same rights and refusals."""
