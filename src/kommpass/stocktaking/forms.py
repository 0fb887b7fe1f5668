"""Which input makes sense: one answer, a bundle, passing on, comments, findings."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kommpass.people.models import Organisation
from kommpass.stocktaking.actions.answers import Said
from kommpass.stocktaking.given import INSTEAD, Given, Mistake, in_our_words, judged, shown, typed
from kommpass.stocktaking.models import Answer, Finding
from kommpass.stocktaking.queries import Entry

Kind = Answer.Kind
TOO_LONG = gettext_lazy(
    "Dieser Text ist zu lang: höchstens %(limit_value)d Zeichen. Bitte kürzen Sie ihn oder nennen Sie die Quelle."
)
# Marks a ticked option of a scale, so that no option can be mistaken for a word such as "unknown".
OPTION = "option:"


def long_text(label, *, required: bool = False, rows: int = 3, help_text="") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=settings.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows, "maxlength": None}),
        error_messages={"max_length": TOO_LONG, "required": gettext_lazy("Bitte schreiben Sie hier etwas.")},
    )


class AnswerForm(forms.Form):
    """The answer to one question. A form of a hundred questions is a hundred of these, each with its prefix."""

    pick = forms.CharField(required=False, max_length=80)
    value = long_text(gettext_lazy("Antwort"))
    reason = long_text(gettext_lazy("Grund"))
    provided_by = forms.CharField(
        label=gettext_lazy("Wer bietet es an?"), required=False, max_length=300, error_messages={"max_length": TOO_LONG}
    )
    sources = long_text(gettext_lazy("Quellen"))
    comment = long_text(gettext_lazy("Anmerkung"))
    action_needed = forms.BooleanField(label=gettext_lazy("Handlungsbedarf"), required=False)
    holds = forms.BooleanField(label=gettext_lazy("Stimmt so"), required=False)
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, data, entry: Entry):
        super().__init__(data, prefix=f"frage-{entry.key}")
        self.entry = entry
        self.conflict: Answer | None = None

    @property
    def picks(self) -> list[dict]:
        """The radio buttons: the options of a scale (or one for a written answer), and what there is instead."""
        options = [(f"{OPTION}{option.key}", in_our_words(option.title)) for option in self.entry.options] or [
            (Kind.VALUE, _("Antwort"))
        ]
        instead = [(kind.value, kind.label) for kind in INSTEAD]
        chosen = self.state["pick"]
        return [
            {"value": value, "label": label, "checked": value == chosen, "instead": number >= len(options)}
            for number, (value, label) in enumerate([*options, *instead])
        ]

    @property
    def state(self) -> dict:
        """What the fields show: what was typed if there was something, otherwise what is stored."""
        if self.is_bound:
            sent = {name: self.data.get(self.add_prefix(name), "") for name in self.fields}
            return {**sent, "pick": sent["pick"] or Kind.OPEN}
        answer = self.entry.answer
        given = Given.of(answer).as_dict
        scaled = answer.kind == Kind.VALUE and bool(self.entry.options)
        return {
            **given,
            "pick": f"{OPTION}{answer.value}" if scaled else answer.kind,
            "value": "" if scaled else typed(self.entry.question, answer.value),
            "seen": Given.of(answer).fingerprint,
            "holds": False,
        }

    def met(self, theirs: Answer) -> None:
        """Somebody else answered meanwhile: show both; saving once more makes this text the valid one."""
        self.conflict = theirs
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = Given.of(theirs).fingerprint

    @property
    def theirs(self) -> str:
        return shown(self.entry.question, self.entry.scheme, Given.of(self.conflict)) if self.conflict else ""

    @property
    def written(self) -> bool:
        """Whether there is a field to write the answer into."""
        return not self.entry.options

    @property
    def open_details(self) -> bool:
        state = self.state
        return bool(self.errors or any(state[name] for name in ("sources", "comment")))

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        pick, value = cleaned.get("pick") or Kind.OPEN, cleaned.get("value", "")
        if pick.startswith(OPTION):
            pick, value = Kind.VALUE, pick.removeprefix(OPTION)
        if pick not in Kind.values:
            self.add_error("value", _("Diese Antwort steht nicht zur Wahl. Bitte wählen Sie eine der angebotenen."))
            return cleaned
        if pick in INSTEAD and self._left_standing(value):
            value = ""
        given = Given(
            kind=pick,
            value=_lines(value),
            **{name: _lines(cleaned.get(name, "")) for name in ("reason", "provided_by", "sources", "comment")},
            action_needed=cleaned.get("action_needed", False),
        )
        try:
            self.given = judged(self.entry.question, self.entry.scheme, given)
        except Mistake as mistake:
            self.add_error(mistake.field, mistake.sentence)
        return cleaned

    def _left_standing(self, value: str) -> bool:
        """An old answer still stands in its (perhaps hidden) field although something else was chosen instead."""
        stored = self.entry.answer
        return stored.kind == Kind.VALUE and _lines(value) == typed(self.entry.question, stored.value)

    @property
    def said(self) -> Said:
        return Said(self.given, self.cleaned_data.get("seen") or None, self.cleaned_data.get("holds", False))


def _lines(text: str) -> str:
    """Line breaks as we store them: browsers send two signs for each."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def posted(data, entry: Entry) -> bool:
    """Whether the form brought this question at all: a page that was cut off must not empty the rest."""
    return f"frage-{entry.key}-pick" in data or f"frage-{entry.key}-seen" in data


class BundleForm(forms.Form):
    """A new bundle: who answers which questions until when."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Wer antwortet?"),
        queryset=Organisation.objects.none(),
        empty_label=gettext_lazy("Bitte wählen"),
        error_messages={"required": gettext_lazy("Bitte wählen Sie, wer antwortet.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-Mail-Adresse"),
        required=False,
        max_length=254,
        help_text=gettext_lazy(
            "An diese Adresse geht der Link. Ohne Angabe nehmen wir das Postfach der Organisation. "
            "Gibt es keines, wird nichts verschickt."
        ),
    )
    title = forms.CharField(
        label=gettext_lazy("Titel"),
        max_length=200,
        error_messages={"required": gettext_lazy("Bitte geben Sie dem Paket einen Titel.")},
    )
    due_on = forms.DateField(
        label=gettext_lazy("Frist"),
        error_messages={
            "required": gettext_lazy("Bitte nennen Sie einen Tag, bis zu dem Sie die Antworten brauchen."),
            "invalid": gettext_lazy("Diesen Tag gibt es nicht. Schreiben Sie zum Beispiel 31.12.2027."),
        },
    )
    note = long_text(gettext_lazy("Hinweis"), help_text=gettext_lazy("Steht in der E-Mail und über den Fragen."))

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["organisation"].queryset = Organisation.objects.all()

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on < self.today:
            raise forms.ValidationError(_("Die Frist liegt in der Vergangenheit. Bitte wählen Sie einen späteren Tag."))
        return due_on


class FieldsForm(forms.Form):
    """One bundle for each field of action: who answers it. Fields without a choice are left out."""

    due_on = forms.DateField(
        label=gettext_lazy("Frist"), error_messages=BundleForm.base_fields["due_on"].error_messages
    )
    note = long_text(gettext_lazy("Hinweis"), help_text=gettext_lazy("Steht in jeder E-Mail und über den Fragen."))

    def __init__(self, *args, today, offers, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.offers = today, {f"field_{field.pk}": (field, questions) for field, questions in offers}
        organisations = [("", _("noch nicht")), *Organisation.objects.values_list("pk", "name")]
        for name, (field, questions) in self.offers.items():
            self.fields[name] = forms.TypedChoiceField(
                label=str(field),
                help_text=ngettext("%s Frage", "%s Fragen", len(questions)) % len(questions),
                choices=organisations,
                coerce=int,
                empty_value=None,
                required=False,
            )

    clean_due_on = BundleForm.clean_due_on

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned[name] for name in self.offers):
            raise forms.ValidationError(_("Bitte wählen Sie für mindestens ein Handlungsfeld, wer antwortet."))
        return cleaned

    @property
    def chosen(self) -> list[tuple]:
        """(field, questions, organisation) for every field somebody was chosen for."""
        known = Organisation.objects.in_bulk(
            [self.cleaned_data[name] for name in self.offers if self.cleaned_data[name]]
        )
        return [
            (field, questions, known[self.cleaned_data[name]])
            for name, (field, questions) in self.offers.items()
            if self.cleaned_data[name]
        ]


class PassOnForm(forms.Form):
    """Where a bundle goes when somebody else should answer it."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Fachbereich oder Träger"), queryset=Organisation.objects.none(), empty_label=None
    )
    email = forms.EmailField(
        label=gettext_lazy("E-Mail-Adresse"),
        max_length=254,
        help_text=gettext_lazy("Dorthin geht ein Link zu diesen Fragen. Ein Konto ist nicht nötig."),
        error_messages={
            "required": gettext_lazy("Bitte nennen Sie die E-Mail-Adresse der Kollegin oder des Kollegen."),
            "invalid": gettext_lazy("Das ist keine E-Mail-Adresse. Schreiben Sie zum Beispiel name@stadt.de."),
        },
    )
    note = long_text(gettext_lazy("Nachricht"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.all()


class ReturnForm(forms.Form):
    note = long_text(
        gettext_lazy("Was fehlt noch?"),
        required=True,
        help_text=gettext_lazy("Der Text steht in der E-Mail und über den Fragen."),
    )


class CommentForm(forms.Form):
    text = long_text(gettext_lazy("Anmerkung"), required=True)
    asks = forms.BooleanField(
        label=gettext_lazy("Als Rückfrage an die Antwortenden"),
        required=False,
        help_text=gettext_lazy(
            "Rückfragen stehen bei der Frage im Fragenpaket. Andere Anmerkungen sehen nur Koordination und Audit."
        ),
    )


class FindingForm(forms.Form):
    """A strength or a need, and the questions on which it rests."""

    kind = forms.ChoiceField(label=gettext_lazy("Art"), choices=Finding.Kind, widget=forms.RadioSelect)
    text = long_text(
        gettext_lazy("Befund"), required=True, help_text=gettext_lazy("Ein bis drei Sätze, die auch der Rat versteht.")
    )
    question_keys = forms.MultipleChoiceField(
        label=gettext_lazy("Gestützt auf diese Fragen"), required=False, widget=forms.CheckboxSelectMultiple
    )
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, questions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["question_keys"].choices = [
            (each.key, f"{each.key} {in_our_words(each.text)}") for each in questions
        ]


class AnalysisForm(forms.Form):
    summary = long_text(
        gettext_lazy("Zusammenfassung"),
        rows=6,
        help_text=gettext_lazy("Was zeigt die Bestandsaufnahme in diesem Handlungsfeld?"),
    )
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
