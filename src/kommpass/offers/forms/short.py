"""Small forms: a reason, an answer, a provider, a place, its accessibility, a text in another language."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommpass.domain.offers.vocabularies import ACCESSIBILITY
from kommpass.offers.models import Location, OfferText, Provider
from kommpass.people.models import Organisation

LINES = forms.Textarea(attrs={"rows": 3})


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Begründung"), max_length=500, widget=LINES)


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Antwort"),
        max_length=500,
        required=False,
        widget=LINES,
        help_text=_("Das liest, wer den Hinweis gegeben hat und sein Kennzeichen eingibt."),
    )


class ProviderForm(forms.ModelForm):
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Provider
        fields = ["description", "website", "umbrella", "register", "trusted"]
        help_texts = {
            "trusted": _("Sonst sieht das Familienbüro jede Änderung an, bevor Familien sie lesen."),
            "register": _("Zum Beispiel „VR 1234, Amtsgericht Bochum“."),
        }

    def __init__(self, *args, may_trust: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["website"].assume_scheme = "https"
        if not may_trust:
            del self.fields["trusted"]


class NewProviderForm(ProviderForm):
    organisation = forms.ModelChoiceField(None, label=_("Organisation"), empty_label=_("bitte wählen"))
    field_order = ["organisation"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(provider=None)


class LocationForm(forms.ModelForm):
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Location
        fields = ["name", "street", "postal_code", "city", "stop", "latitude", "longitude", "accuracy"]
        help_texts = {
            "latitude": _("Zum Beispiel 51,4818. Aus jedem Kartendienst: Punkt wählen, Koordinaten kopieren."),
            "stop": _("Die nächste Haltestelle, wie sie angesagt wird."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("latitude", "longitude"):
            self.fields[name].localize = True
            self.fields[name].widget.is_localized = True
        self.fields["latitude"].min_value, self.fields["latitude"].max_value = -90, 90

    def clean(self):
        data = self.cleaned_data
        latitude, longitude = data.get("latitude"), data.get("longitude")
        if (latitude is None) != (longitude is None):
            self.add_error("longitude", gettext("Ein Punkt braucht Breite und Länge."))
        for name, value, most in (("latitude", latitude, 90), ("longitude", longitude, 180)):
            if value is not None and not -most <= value <= most:
                self.add_error(name, gettext("Dieser Punkt liegt nicht auf der Erde."))
        return data


class AccessibilityForm(forms.Form):
    """Every criterion: yes, no, or not known. Not known is never shown as no."""

    source = forms.CharField(
        label=_("Woher wissen wir das?"),
        required=False,
        max_length=100,
        help_text=_("Zum Beispiel „Begehung mit dem Beirat“."),
    )

    def __init__(self, *args, location: Location, **kwargs):
        super().__init__(*args, **kwargs)
        for word in ACCESSIBILITY.words:
            self.fields[word.key] = forms.ChoiceField(
                label=gettext(word.label),
                choices=[("yes", gettext("ja")), ("no", gettext("nein")), ("", gettext("nicht bekannt"))],
                required=False,
                widget=forms.RadioSelect,
                initial=location.accessibility.get(word.key, {}).get("state", ""),
            )

    @property
    def states(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name != "source"}


class TextForm(forms.ModelForm):
    class Meta:
        model = OfferText
        fields = ["title", "summary", "text"]
        widgets = {"summary": LINES}


class PassOnForm(forms.Form):
    """Whom to ask instead: a mail address or a name, for the family office to look at."""

    to = forms.CharField(
        label=_("Wer ist zuständig?"), max_length=200, help_text=_("Funktionspostfach oder Name der Stelle.")
    )


class BoundariesForm(forms.Form):
    """A file with the boundaries of districts: GeoJSON, TopoJSON, Shapefile as ZIP, GeoPackage."""

    MOST_BYTES = 25 * 1024 * 1024

    file = forms.FileField(
        label=_("Datei"),
        help_text=_("GeoJSON, TopoJSON, Shapefile (als ZIP) oder GeoPackage vom Vermessungsamt, höchstens 25 MB."),
    )
    new_too = forms.BooleanField(
        label=_("Flächen ohne passenden Stadtteil als neue Stadtteile anlegen"), required=False
    )

    def clean_file(self):
        found = self.cleaned_data["file"]
        if found.size > self.MOST_BYTES:
            raise forms.ValidationError(gettext("Die Datei ist größer als 25 MB."))
        return found
