"""What is written about an organisation and about a post."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kommpass.people import queries
from kommpass.people.models import Organisation, Post


class OrganisationForm(forms.ModelForm):
    """Bound to no row: the action saves, so that two editors meet at its merge page."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Organisation
        fields = ["name", "short", "kind", "email", "phone"]
        help_texts = {
            "short": _("Zum Beispiel die Nummer des Amtes. Es steht in Tabellen, in denen wenig Platz ist."),
            "email": _("Die Adresse der Funktion, nicht einer Person: Sie bleibt, wenn jemand geht."),
        }

    def __init__(self, *args, organisation: Organisation | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def clean_name(self):
        name = self.cleaned_data["name"]
        same = queries.organisations().filter(name=name)
        if self.organisation:
            same = same.exclude(pk=self.organisation.pk)
        if same.exists():
            raise forms.ValidationError(_("Eine Organisation mit diesem Namen gibt es schon."))
        return name

    def _post_clean(self):
        """No row is built here: the action saves."""


class PostForm(forms.ModelForm):
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Post
        fields = ["title", "holder", "deputy"]
        help_texts = {
            "title": _("Zum Beispiel „Leitung Jugendamt“. Aufgaben gehören zur Stelle, nicht zur Person."),
            "deputy": _("Wird gefragt, wenn die Stelle gerade nicht besetzt ist."),
        }

    def __init__(self, *args, organisation: Organisation, post: Post | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisation, self.post = organisation, post
        for name in ("holder", "deputy"):
            self.fields[name].queryset = queries.people()
            self.fields[name].empty_label = _("nicht besetzt")

    def clean(self):
        given = super().clean()
        if given.get("holder") and given.get("holder") == given.get("deputy"):
            self.add_error(
                "deputy", _("Niemand kann sich selbst vertreten. Bitte wählen Sie zwei verschiedene Personen.")
            )
        same = queries.posts().filter(organisation=self.organisation, title=given.get("title"))
        if self.post:
            same = same.exclude(pk=self.post.pk)
        if same.exists():
            self.add_error("title", _("Diese Stelle gibt es in dieser Organisation schon."))
        return given

    def _post_clean(self):
        """No row is built here: the action saves."""


def changes(form: forms.Form) -> dict:
    """What the form says, without its edition."""
    return {name: value for name, value in form.cleaned_data.items() if name != "edition"}
