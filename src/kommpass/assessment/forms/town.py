"""What the town fills in: the letter of a submission, the facts of an opinion, proofs, an objection."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.forms.typed import long_text
from kommpass.assessment.forms.choices import YesNoField


class SubmitForm(forms.Form):
    letter = long_text(
        _("Anschreiben"), rows=6, help_text=_("Freiwillig: was Geschäftsstelle und Gutachterausschuss wissen sollten.")
    )


class FactsForm(forms.Form):
    """Whether the facts of an opinion are right."""

    right = YesNoField(
        label=_("Stimmen die Fakten?"), yes=_("ja, alles ist sachlich richtig"), no=_("nein, etwas ist zu berichtigen")
    )
    corrections = long_text(
        _("Was sachlich falsch ist, und wie es richtig heißt"),
        rows=5,
        help_text=_("Es geht nur um Fakten. Über das Urteil selbst wird hier nicht verhandelt."),
    )

    def clean(self):
        cleaned = super().clean()
        right, corrections = cleaned.get("right"), cleaned.get("corrections")
        if right is False and not corrections and "corrections" not in self.errors:
            self.add_error("corrections", _t("Bitte schreiben Sie, was zu berichtigen ist."))
        if right and corrections:
            self.add_error("right", _t("Sie haben unten etwas berichtigt. Bitte wählen Sie dann „nein“."))
        return cleaned


class ProofForm(forms.Form):
    text = long_text(
        _("Wie Sie die Auflage erfüllt haben"),
        required=True,
        rows=4,
        help_text=_("Zum Beispiel: Beschluss mit Tag und Nummer, oder wo es nachzulesen ist."),
    )


class ObjectionForm(forms.Form):
    text = long_text(_("Ihr Widerspruch mit Begründung"), required=True, rows=6)
