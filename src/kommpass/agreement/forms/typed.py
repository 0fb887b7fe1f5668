"""Fields that understand how a town hall writes: deadlines with a month only, amounts in euro, one entry per line."""

from decimal import Decimal

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from kommpass.domain.moments import DateRefused, PartialDate
from kommpass.domain.targets import TargetRefused, format_decimal, parse_decimal


class PartialDateField(forms.CharField):
    """A day, a month or a year, typed as people type it; the cleaned value is ISO text ("2027-03")."""

    def __init__(self, *, end: bool = True, **kwargs):
        super().__init__(max_length=40, **kwargs)
        self.end = end

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return ""
        try:
            return PartialDate.parse(text, end=self.end).text
        except DateRefused as refused:
            raise forms.ValidationError(_(refused.message).format(**refused.values)) from None

    def prepare_value(self, value):
        try:
            return PartialDate.parse(value).german if value else value
        except (DateRefused, TypeError):
            return value


class EuroField(forms.CharField):
    """An amount as people type it: "1.234,50", "25000", "2.500 €"; the cleaned value is a Decimal or None."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    largest = Decimal(10) ** 10

    def __init__(self, **kwargs):
        super().__init__(max_length=30, required=False, **kwargs)

    def clean(self, value):
        text = super().clean(value).replace("€", "")
        if not text.strip():
            return None
        try:
            amount = parse_decimal(text)
        except TargetRefused as refused:
            raise forms.ValidationError(_(refused.message).format(**refused.values)) from None
        if not 0 <= amount < self.largest or amount != round(amount, 2):
            raise forms.ValidationError(_("Bitte geben Sie einen Betrag in Euro und Cent an, zum Beispiel 1.234,50."))
        return amount

    def prepare_value(self, value):
        return format_decimal(value) if isinstance(value, Decimal) else value


class LinesField(forms.CharField):
    """One entry per line; the cleaned value is a list."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value):
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value


def long_text(label, *, required: bool = False, rows: int = 4, help_text="") -> forms.CharField:
    """A text of several paragraphs, as long as the house allows."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=settings.LONGEST_TEXT,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "max_length": _(
                "Dieser Text ist zu lang (%(show_value)d Zeichen). Höchstens %(limit_value)d Zeichen sind möglich."
            )
        },
    )
