"""The offers as one table, for every office: written, and read back without loss."""
