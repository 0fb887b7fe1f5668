"""What it takes to open the house for a town."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from kommpass.association.queries.towns import free_address


class NewTownForm(forms.Form):
    name = forms.CharField(label=_("Name der Kommune"), max_length=120)
    slug = forms.SlugField(
        label=_("Adresse im Browser"),
        max_length=50,
        help_text=_(
            "Kurz und klein geschrieben, ohne Umlaute, zum Beispiel „auental“. Sie lässt sich später nicht ändern."
        ),
    )
    ags = forms.CharField(
        label=_("Amtlicher Gemeindeschlüssel"),
        required=False,
        max_length=8,
        validators=[RegexValidator(r"^\d{8}$", _("Der Gemeindeschlüssel hat acht Ziffern."))],
    )
    population = forms.IntegerField(label=_("Einwohnerzahl"), min_value=1, max_value=20_000_000)
    has_youth_office = forms.BooleanField(label=_("Eigenes Jugendamt"), required=False, initial=True)
    county_name = forms.CharField(
        label=_("Kreis"), required=False, max_length=120, help_text=_("Nur, wenn die Kommune zu einem Kreis gehört.")
    )
    coordinator_name = forms.CharField(label=_("Name der ersten Koordination"), max_length=150)
    coordinator_email = forms.EmailField(
        label=_("E-Mail-Adresse der ersten Koordination"),
        max_length=254,
        help_text=_("An diese Adresse geht sofort eine Einladung."),
    )

    def clean_slug(self):
        slug = self.cleaned_data["slug"].lower()
        if not free_address(slug):
            raise forms.ValidationError(_("Diese Adresse ist schon vergeben. Bitte wählen Sie eine andere."))
        return slug
