"""Keeps personal pages out of every cache: what only one person may see is not stored on the way or after log-out."""


class PersonalPagesMiddleware:
    """Whatever did not say itself that it may be kept (the public pages do) is for one person and one look."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response
