"""Which input makes sense for reports: begin one, write its texts, seal it, lead it on its way."""

from datetime import date

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.forms.drafting import Edited
from kommpass.agreement.forms.typed import LinesField, long_text
from kommpass.bodies.forms.typed import Typed
from kommpass.bodies.models import Consultation
from kommpass.domain.reports import measures_of
from kommpass.reporting import queries
from kommpass.reporting.models import Report, SealedReport


class BeginForm(Typed, forms.Form):
    title = forms.CharField(label=_("Titel"), max_length=150)
    period_from = forms.DateField(label=_("Zeitraum von"))
    period_until = forms.DateField(
        label=_("Zeitraum bis"),
        help_text=_("Mehrere Jahre dürfen ein Bericht sein. Zeiträume überschneiden sich nicht."),
    )
    due_on = forms.DateField(label=_("fällig am"), required=False)

    def __init__(self, *args, today: date, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)

    def clean(self):
        first, last = (self.sensible_day(name, self.today) for name in ("period_from", "period_until"))
        self.sensible_day("due_on", self.today)
        if first and last and last < first:
            self.add_error("period_until", gettext("Der Zeitraum endet, bevor er beginnt."))
        return self.cleaned_data


class NarrativeForm(Edited):
    """A text of the report. A text that nobody has written yet has edition 0: so the second of two meets the first."""

    text = long_text(_("Text"), rows=6)


class SealForm(Typed, forms.Form):
    """A first version needs no reason, a correction does."""

    key_date = forms.DateField(
        label=_("Stichtag"),
        help_text=_("An diesem Tag wird gezählt, was überfällig ist. Meist der letzte Tag des Zeitraums."),
    )
    reason = forms.CharField(
        label=_("Anlass der Berichtigung"),
        max_length=500,
        help_text=_("Was ist anders als in der letzten Fassung, und warum? Der Anlass ist öffentlich."),
    )

    def __init__(self, *args, report: Report, correction: bool, today: date, **kwargs):
        self.report, self.today = report, today
        super().__init__(*args, initial={"key_date": min(report.period_until, today)}, **kwargs)
        if not correction:
            del self.fields["reason"]

    def clean_key_date(self):
        day = self.cleaned_data["key_date"]
        if day > self.today:
            raise forms.ValidationError(gettext("Der Stichtag liegt in der Zukunft."))
        if day < self.report.period_from:
            raise forms.ValidationError(gettext("Der Stichtag liegt vor dem Zeitraum des Berichts."))
        return day


class NoteForm(forms.Form):
    """Which body took note: only those that dealt with a paper about a report since it was sealed."""

    station = forms.ModelChoiceField(label=_("Gremium und Sitzung"), queryset=Consultation.objects.none())

    def __init__(self, *args, sealed: SealedReport, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["station"].queryset = queries.noting_stations(sealed)
        self.fields["station"].label_from_instance = _station


def _station(station: Consultation) -> str:
    words = {"body": station.body, "day": f"{station.meeting_on:%d.%m.%Y}", "paper": station.paper}
    return gettext("%(body)s, %(day)s: %(paper)s") % words


class PaperForm(forms.Form):
    """A new paper about this report: its number and title; the rest is written in the paper itself."""

    reference = forms.CharField(
        label=_("Vorlagennummer"), max_length=60, required=False, help_text=_("Die Nummer darf später folgen.")
    )
    title = forms.CharField(label=_("Betreff"), max_length=250)


class SubmitForm(forms.Form):
    note = long_text(_("Begleitschreiben"), rows=3, help_text=_("Ein paar Worte an den Verein, wenn Sie möchten."))


class ReturnForm(forms.Form):
    """What the association asks back, as a whole and measure by measure."""

    note = long_text(_("Was noch fehlt oder unklar ist"), required=True)
    remarks = LinesField(
        label=_("Anmerkungen zu einzelnen Maßnahmen"),
        required=False,
        max_length=20_000,
        help_text=_("Eine Zeile je Maßnahme, vorn die Nummer: „1.1.2: Bitte nennen Sie den neuen Termin.“"),
        error_messages={"max_length": _("Das ist zu lang. Höchstens %(limit_value)d Zeichen sind möglich.")},
    )

    def __init__(self, *args, sealed: SealedReport, **kwargs):
        super().__init__(*args, **kwargs)
        self.sealed = sealed

    def clean_remarks(self) -> list[tuple[str, str]]:
        known = {place.measure["number"] for place in measures_of(self.sealed.content)}
        told = []
        for line in self.cleaned_data["remarks"]:
            number, _colon, text = (part.strip() for part in line.partition(":"))
            if number not in known or not text:
                raise forms.ValidationError(
                    gettext("Diese Zeile verstehen wir nicht: „%s“. Vorn steht die Nummer einer Maßnahme des Berichts.")
                    % line[:80]
                )
            told.append((number, text))
        return told


class AcceptForm(forms.Form):
    note = long_text(_("Bemerkung"), rows=3)
