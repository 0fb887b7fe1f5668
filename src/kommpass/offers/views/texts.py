"""The words of an offer in another language or in Leichte Sprache, beside the German original."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommpass.audits.door import requires
from kommpass.domain.offers.vocabularies import LANGUAGES
from kommpass.offers import actions
from kommpass.offers.actions.translating import EASY
from kommpass.offers.forms.short import TextForm
from kommpass.offers.queries import lists
from kommpass.offers.views.tabs import trail
from kommpass.ui.pages import respond

RIGHT_TO_LEFT = ("ar", "fa", "ur", "ps")


def name_of(language: str) -> str:
    """The name of a language of content, Leichte Sprache among them."""
    return _("Leichte Sprache") if language == EASY else _(LANGUAGES.labels[language])


@require_http_methods(["GET", "POST"])
@requires("offer.translate", procedure=False)
def text_edit(request, offer_id: int, language: str):
    found = get_object_or_404(lists.editable(request.actor), pk=offer_id)
    if language != EASY and (language == "de" or language not in LANGUAGES.labels):
        raise Http404
    text = found.texts.filter(language=language).first()
    form = TextForm(request.POST or None, instance=text)
    done = None
    if form.is_valid():
        said = form.cleaned_data
        actions.write_text(offer=found, language=language, **said, by=request.actor, at=timezone.now())
        done = found
    context = {
        "offer": found,
        "content": found.document,
        "form": form,
        "language": language,
        "language_name": name_of(language),
        "right_to_left": language in RIGHT_TO_LEFT,
        "text": text,
        "written": lists.newest_revision(found),
        "cancel_url": found.get_absolute_url(),
        "breadcrumb": trail((found.title, found.get_absolute_url()), (name_of(language), "")),
    }
    return respond(request, "offers/text.html", context, done=done)


@require_POST
@requires("text.review", procedure=False)
def text_review(request, offer_id: int, language: str):
    found = get_object_or_404(lists.editable(request.actor), pk=offer_id)
    text = get_object_or_404(found.texts, language=language)
    actions.review_text(text=text, by=request.actor, at=timezone.now())
    return respond(request, "offers/text.html", {}, done=found)
