"""What the list of offers can be narrowed to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kommpass.offers.models import Offer, Provider


class OfferFilter(forms.Form):
    q = forms.CharField(label=_("Name enthält"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("Stand"), required=False, choices=[("", _("alle")), *Offer.State.choices])
    provider = forms.ModelChoiceField(None, label=_("Träger"), required=False, empty_label=_("alle"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = Provider.objects.select_related("organisation")

    def narrow(self, offers):
        """The offers that fit what was chosen; nonsense chooses nothing."""
        if not self.is_valid():
            return offers
        data = self.cleaned_data
        if data["q"]:
            offers = offers.filter(title__icontains=data["q"])
        if data["state"]:
            offers = offers.filter(state=data["state"])
        return offers.filter(provider=data["provider"]) if data["provider"] else offers
