"""Sends public pages and lists compressed: a phone in a poor network waits for bytes, not for us."""

from django.middleware.gzip import GZipMiddleware

TEXTS = ("text/", "application/json", "application/geo+json", "application/x-ndjson", "application/manifest+json")


class CompressedTextsMiddleware(GZipMiddleware):
    """Only what everybody may read: the length of a compressed page betrays what it hides (BREACH)."""

    def process_response(self, request, response):
        public = "public" in response.get("Cache-Control", "")
        if public and response.get("Content-Type", "").startswith(TEXTS):
            return super().process_response(request, response)
        return response
