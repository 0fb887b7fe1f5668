"""One answer for both kinds of visitor: a page for browsers, a fragment for htmx."""

from django.shortcuts import redirect, render


def respond(request, template: str, context: dict, *, fragment: str = "", done=None, status: int = 200):
    """Render `template`, or only its `fragment` for htmx. `done` redirects after a POST (URL, name or model)."""
    if done is not None and not request.htmx:
        return redirect(done)
    if request.htmx and fragment:
        return render(request, f"{template}#{fragment}", context, status=status)
    return render(request, template, context, status=status)


LONGEST_QUERY = 100


def search_words(given, name: str = "q", *, longest: int = LONGEST_QUERY) -> str:
    """What was typed into a search field of a page: trimmed, at most `longest` characters, and without the zero
    character, which no person types and PostgreSQL does not take."""
    return given.get(name, "").replace("\x00", "").strip()[:longest]
