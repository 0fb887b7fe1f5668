"""What the office of the association types: an award with its term, a later step, a proof of a permanent award."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.forms.typed import PartialDateField, long_text
from kommpass.audits.models import Procedure
from kommpass.certification.models import Certificate, CertificateStep, PermanenceProof
from kommpass.domain.moments import LAST_YEAR, PartialDate
from kommpass.domain.validity import CertificateState, proposed_end
from kommpass.ui.templatetags.ui import partial_date


class IssueForm(forms.Form):
    """What the award says. The end is proposed in words and never filled in: the award decides, not arithmetic."""

    awarded_on = forms.DateField(label=_("Verliehen am"), help_text=_("Der Tag der Verleihung oder des Bescheids."))
    valid_from = PartialDateField(
        label=_("Gültig ab"), end=False, help_text=_("Ein Tag oder ein Monat, so genau, wie die Verleihung es sagt.")
    )
    valid_until = PartialDateField(label=_("Gültig bis"))
    compared = forms.BooleanField(
        label=_("Ich habe die Angaben mit der Verleihung verglichen"),
        help_text=_("Ein ausgestelltes Zertifikat lässt sich nicht mehr ändern."),
    )

    def __init__(self, *args, procedure: Procedure, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.years = procedure.scheme.rung(procedure.rung).years
        if self.years is None:
            del self.fields["valid_until"]
            return
        self.fields["valid_until"].help_text = _t(
            "So genau, wie die Verleihung es sagt; ein Monat genügt. %(proposal)s"
        ) % {"proposal": self._proposal(PartialDate.of(today), _t("Begänne es heute, wäre das %(month)s."))}
        self.fields["valid_until"].error_messages["required"] = _t(
            "Bitte tragen Sie ein, bis wann das Zertifikat gilt. Ein Monat genügt."
        )

    def clean(self):
        """Whoever left out the end reads what would follow from the beginning, and decides."""
        if self.years and "valid_until" in self.errors and not self.data.get("valid_until", "").strip():
            begins = self.cleaned_data.get("valid_from")
            if begins:
                hint = _t("Bei diesem Beginn wäre das %(month)s.")
                self.errors["valid_until"].append(self._proposal(PartialDate.parse(begins, end=False), hint))

    def _proposal(self, begins: PartialDate, hint: str) -> str:
        sentence = _t("Diese Stufe sieht %(years)d Jahre vor.") % {"years": self.years}
        if begins.year + self.years > LAST_YEAR:
            return sentence
        return f"{sentence} {hint % {'month': partial_date(proposed_end(begins, self.years).text)}}"

    @property
    def award(self) -> dict[str, object]:
        """What the action wants: all but the tick that somebody looked."""
        return {name: value for name, value in self.cleaned_data.items() if name != "compared"}


class StepForm(forms.Form):
    kind = forms.ChoiceField(label=_("Was geschieht"), widget=forms.RadioSelect)
    effective_on = forms.DateField(label=_("Mit Wirkung vom"))
    reason = long_text(
        _("Grund"), required=True, help_text=_("Den Grund liest die Kommune. Öffentlich ist nur, was geschieht.")
    )

    KINDS = CertificateStep.Kind
    WORDS = {
        KINDS.SUSPENDED: _("Aussetzen: gilt vorerst nicht"),
        KINDS.REINSTATED: _("Wieder in Kraft setzen"),
        KINDS.WITHDRAWN: _("Entziehen: gilt endgültig nicht mehr"),
    }

    def __init__(self, *args, state: CertificateState, **kwargs):
        super().__init__(*args, **kwargs)
        first = self.KINDS.REINSTATED if state is CertificateState.SUSPENDED else self.KINDS.SUSPENDED
        self.fields["kind"].choices = [(kind.value, self.WORDS[kind]) for kind in (first, self.KINDS.WITHDRAWN)]


class ProofForm(forms.Form):
    kind = forms.ChoiceField(label=_("Was wird nachgewiesen"), choices=PermanenceProof.Kind, widget=forms.RadioSelect)
    year = forms.TypedChoiceField(label=_("Für welches Jahr"), coerce=int)
    done_on = forms.DateField(label=_("Erledigt am"), help_text=_("Zahlung eingegangen oder Workshop gehalten."))
    note = long_text(_("Bemerkung"), rows=2)

    def __init__(self, *args, certificate: Certificate, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        years = range(certificate.valid_from_on.year + 1, max(today.year, certificate.valid_from_on.year) + 2)
        self.fields["year"].choices = [(year, str(year)) for year in years]
