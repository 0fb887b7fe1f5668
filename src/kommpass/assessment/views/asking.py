"""A form that came back with a mistake: the same form on a page of its own, with everything that was typed."""

from django.utils.translation import gettext as _

from kommpass.ui.pages import respond


def ask_again(request, form, *, title: str, about=None, back: str = ""):
    """`about` is the thing the form belongs to: its page is the way back."""
    context = {
        "form": form,
        "title": title,
        "kicker": str(about or ""),
        "submit_label": _("Speichern"),
        "cancel_url": back or about.get_absolute_url(),
    }
    return respond(request, "ui/form.html", context)
