"""The rows of an offer: where it takes place, what it costs, whom to ask. Two empty rows wait for more."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from kommpass.domain.offers.content import Contact, Cost, OfferContent, Place
from kommpass.offers.models import Location

SPARE = 2


class PlaceRow(forms.Form):
    """A place: its address as one writes it on an envelope."""

    location = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name des Ortes"), max_length=150, required=False)
    street = forms.CharField(label=_("Straße und Hausnummer"), max_length=150, required=False)
    postal_code = forms.RegexField(
        r"\d{5}", label=_("Postleitzahl"), required=False, error_messages={"invalid": _("Fünf Ziffern, bitte.")}
    )
    city = forms.CharField(label=_("Ort"), max_length=100, required=False)
    room = forms.CharField(label=_("Raum"), max_length=100, required=False)

    ADDRESS = ("name", "street", "postal_code", "city")

    @property
    def address(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "").strip() for name in self.ADDRESS}


class CostRow(forms.Form):
    """A price: what for, how much, how often, and who pays less."""

    label = forms.CharField(label=_("Wofür"), max_length=80, required=False)
    amount = forms.DecimalField(
        label=_("Euro"), min_value=0, max_value=99_999, decimal_places=2, required=False, localize=True
    )
    per = forms.CharField(label=_("je"), max_length=40, required=False, help_text=_("Zum Beispiel „je Termin“."))
    reduced_by = forms.MultipleChoiceField(
        label=_("Weniger oder nichts zahlt, wer hat:"),
        choices=[("card", _("Familienkarte")), ("package", _("Bildung und Teilhabe"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class ContactRow(forms.Form):
    """Whom to ask. A function rather than a name; a name only with that person's consent."""

    function = forms.CharField(label=_("Wofür zuständig"), max_length=80, required=False)
    phone = forms.CharField(label=_("Telefon"), max_length=50, required=False)
    email = forms.EmailField(label=_("E-Mail"), required=False)
    person = forms.CharField(label=_("Name"), max_length=80, required=False)
    person_public = forms.BooleanField(
        label=_("Die Person ist einverstanden, dass ihr Name öffentlich ist."), required=False
    )


class Rows:
    """The three lists of rows below the form of an offer, bound or not."""

    def __init__(self, data, content: OfferContent, *, no_more: bool = False):
        extra = 0 if no_more else SPARE
        self.places = _set(PlaceRow, "places", data, places_initial(content), extra)
        self.costs = _set(CostRow, "costs", data, [_shown(each) for each in content.costs], extra)
        self.contacts = _set(ContactRow, "contacts", data, [_shown(each) for each in content.contacts], extra)

    def is_valid(self) -> bool:
        return all([self.places.is_valid(), self.costs.is_valid(), self.contacts.is_valid()])

    def costs_written(self) -> tuple[Cost, ...]:
        return tuple(
            Cost(data["label"], _euro(data["amount"]), data["per"], tuple(data["reduced_by"]))
            for data in self._filled(self.costs, ("label", "amount"))
        )

    def contacts_written(self) -> tuple[Contact, ...]:
        return tuple(
            Contact(**{name: data[name] for name in ("function", "phone", "email", "person", "person_public")})
            for data in self._filled(self.contacts, ("function", "phone", "email", "person"))
        )

    def places_written(self) -> list[tuple[PlaceRow, str]]:
        """The rows with an address, each with its room."""
        return [(row, row.cleaned_data.get("room", "")) for row in self.places if any(row.address.values())]

    @staticmethod
    def _filled(rows, names) -> list[dict]:
        return [row.cleaned_data for row in rows if any(row.cleaned_data.get(name) not in (None, "") for name in names)]


def places_initial(content: OfferContent) -> list[dict]:
    keys = [place.location for place in content.places if place.location]
    known = {str(each.key): each for each in Location.objects.filter(key__in=keys)}
    return [
        {
            "location": place.location,
            "room": place.room,
            **{name: getattr(known[place.location], name) for name in PlaceRow.ADDRESS},
        }
        for place in content.places
        if place.location in known
    ]


def place(location: Location, room: str) -> Place:
    return Place(location=str(location.key), room=room.strip())


def _set(row, prefix: str, data, initial: list[dict], extra: int):
    made = forms.formset_factory(row, extra=extra, max_num=20, absolute_max=40)
    return made(data, prefix=prefix, initial=initial)


def _shown(each) -> dict:
    shown = dict(vars(each))
    if shown.get("amount"):
        shown["amount"] = Decimal(shown["amount"])
    return shown


def _euro(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"
