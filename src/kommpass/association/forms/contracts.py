"""What a contract says: its day and fee, the instalments, and when one was paid."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.forms.typed import EuroField, long_text
from kommpass.association.actions.contracts import LARGEST_FEE
from kommpass.domain.instalments import over_months
from kommpass.domain.targets import format_decimal

MOST_ROWS = 12
USUAL_NUMBER, USUAL_MONTHS = 4, 6
"""Two years, as the association writes it into its contracts."""


class FeeField(EuroField):
    """An amount in euros that must be there."""

    largest = LARGEST_FEE

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.required = True


class ContractForm(forms.Form):
    signed_on = forms.DateField(label=_("Vertrag unterschrieben am"))
    fee = FeeField(label=_("Kostenbeitrag in Euro, brutto"), help_text=_("Zum Beispiel 17.500 oder 1.234,50."))
    note = long_text(_("Bemerkung"), rows=3, help_text=_("Nur für die Geschäftsstelle."))


class ProposalForm(forms.Form):
    """How many instalments, from when on, how far apart: the rows below are filled with it."""

    number = forms.IntegerField(label=_("Zahl der Raten"), min_value=1, max_value=MOST_ROWS)
    first = forms.DateField(label=_("Erste Rate fällig am"))
    months = forms.TypedChoiceField(
        label=_("Abstand"),
        coerce=int,
        choices=[(1, _("jeden Monat")), (3, _("alle drei Monate")), (6, _("jedes halbe Jahr")), (12, _("jedes Jahr"))],
    )


class InstalmentRow(forms.Form):
    due_on = forms.DateField(label=_("fällig am"), required=False)
    amount = EuroField(label=_("Betrag in Euro"))

    def clean(self):
        data = super().clean()
        if bool(data.get("due_on")) != (data.get("amount") is not None) and not self.errors:
            self.add_error("amount" if data.get("due_on") else "due_on", _t("Tag und Betrag gehören zusammen."))
        return data


class _Rows(forms.BaseFormSet):
    row_label = _("Rate")
    fee = Decimal(0)

    def clean(self):
        """A wrong sum is told here, so that nobody has to type the rows again."""
        if any(self.errors):
            return
        given = sum((amount for _due_on, amount in self.instalments), Decimal(0))
        if given != self.fee:
            told = _t("Die Raten ergeben zusammen %(given)s €, der Kostenbeitrag ist %(fee)s €.")
            raise forms.ValidationError(told % {"given": format_decimal(given), "fee": format_decimal(self.fee)})

    @property
    def instalments(self) -> list[tuple[date, Decimal]]:
        """The rows with something in them."""
        given = [form.cleaned_data for form in self.forms]
        return [(each["due_on"], each["amount"]) for each in given if each.get("due_on")]


_RowSet = forms.formset_factory(
    InstalmentRow, formset=_Rows, extra=0, max_num=MOST_ROWS, validate_max=True, absolute_max=MOST_ROWS
)


def instalment_rows(data=None, *, fee: Decimal, rows: Sequence[tuple[date, Decimal]] = ()) -> _Rows:
    """The instalments as rows to be filled in; two empty ones at the end, as long as there is room."""
    initial: list[dict] = [{"due_on": due_on, "amount": amount} for due_on, amount in rows]
    initial += [{}] * min(2, MOST_ROWS - len(initial))
    made = _RowSet(data, initial=initial, prefix="rate")
    made.fee = fee
    return made


def proposed_rows(fee: Decimal, number: int, first: date, months: int) -> list[tuple[date, Decimal]]:
    """Equal instalments; none where the fee is too small to be split."""
    try:
        return over_months(fee, number, first, months)
    except ValueError:
        return []


class PaymentForm(forms.Form):
    paid_on = forms.DateField(label=_("bezahlt am"))
