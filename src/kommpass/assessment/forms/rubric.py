"""Judging by rubric: one form for the auditor's word, for a member's judgement and for the joint opinion."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.forms.typed import long_text
from kommpass.assessment.judgements import Judged
from kommpass.domain.rubrics import CONDITIONS, Judgements, lacks
from kommpass.domain.schemes import Criterion, Rubric
from kommpass.ui.templatetags.ui import words

GROUPS = (("process", _("Das Verfahren")), ("agreement", _("Die Zielvereinbarung")))
ROWS_SHOWN, ROWS = 3, 10


@dataclass(frozen=True)
class Part:
    """One criterion on the page: its answers, its reason, and what others said of it."""

    criterion: Criterion
    answer: BoundField
    reason: BoundField
    voices: tuple[Judged, ...] = ()

    @property
    def differs(self) -> bool:
        """Did the members judge differently? Then the joint opinion has something to settle."""
        return len({each.key for each in self.voices}) > 1

    @property
    def unanimous(self) -> Judged | None:
        """What all said, where nobody had to say more."""
        return None if self.differs or any(each.reason for each in self.voices) else next(iter(self.voices), None)


class RubricForm(forms.Form):
    """Every criterion with an answer and, mostly, a reason; the verdict; a text.

    As a `draft` it may be incomplete. `voices` shows beside each criterion what others said of it.
    """

    text_label, text_help, text_required = _("Zusammenfassung"), "", True

    def __init__(
        self,
        *args,
        rubric: Rubric,
        draft: bool = False,
        voices: Mapping[str, tuple[Judged, ...]] | None = None,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.rubric, self.draft, self.voices = rubric, draft, voices or {}
        answers = [(each.key, words(each.title)) for each in rubric.answers]
        for each in rubric.criteria:
            title = words(each.title)
            self.fields[f"answer_{each.key}"] = forms.ChoiceField(
                label=title, choices=answers, required=False, widget=forms.RadioSelect
            )
            self.fields[f"reason_{each.key}"] = long_text(_t("Begründung zu „%s“") % title, rows=2)
        self.fields["verdict"] = forms.ChoiceField(
            label=_("Im Ganzen"),
            choices=[(each.key, words(each.title)) for each in rubric.verdicts],
            required=not draft,
            widget=forms.RadioSelect,
            error_messages={"required": _("Bitte wählen Sie, was Sie im Ganzen empfehlen.")},
        )
        self.fields["text"] = long_text(
            self.text_label, required=self.text_required and not draft, rows=6, help_text=self.text_help
        )

    @classmethod
    def values_of(cls, written) -> dict:
        """The initial values from something written before: a report, a draft, an opinion."""
        return cls.values(written.judgements) | {"verdict": written.verdict, "text": written.text}

    @staticmethod
    def values(judgements: Judgements) -> dict:
        found = {}
        for key, given in judgements.items():
            found |= {f"answer_{key}": given.get("answer", ""), f"reason_{key}": given.get("reason", "")}
        return found

    def clean(self):
        cleaned = super().clean()
        if not self.draft:
            for lack in lacks(self.rubric, self.judgements):
                self._name(lack.criterion.key, reason_only=lack.reason_only)
        return cleaned

    def _name(self, key: str, *, reason_only: bool) -> None:
        """Say what is missing at its criterion, unless something else is wrong there already."""
        field = f"reason_{key}" if reason_only else f"answer_{key}"
        if field not in self.errors:
            self.add_error(field, _t("Bitte begründen Sie Ihr Urteil.") if reason_only else _t("Bitte urteilen Sie."))

    @property
    def judgements(self) -> dict[str, dict[str, str]]:
        return {
            each.key: {
                "answer": self.cleaned_data.get(f"answer_{each.key}", ""),
                "reason": self.cleaned_data.get(f"reason_{each.key}", ""),
            }
            for each in self.rubric.criteria
        }

    @property
    def judgement(self) -> dict:
        """What the actions want."""
        return {
            "judgements": self.judgements,
            "verdict": self.cleaned_data["verdict"],
            "text": self.cleaned_data["text"],
        }

    def groups(self):
        """The criteria as the page draws them: title of the group, and its parts."""
        for group, title in GROUPS:
            if parts := [self._part(each) for each in self.rubric.of_group(group)]:
                yield title, parts

    def _part(self, criterion: Criterion) -> Part:
        key = criterion.key
        return Part(criterion, self[f"answer_{key}"], self[f"reason_{key}"], self.voices.get(key, ()))


@dataclass(frozen=True)
class Row:
    """One proposed condition on the page."""

    number: int
    text: BoundField
    due_on: BoundField
    blocking: BoundField

    @property
    def folded(self) -> bool:
        return self.number > ROWS_SHOWN and not (self.text.value() or self.due_on.value())


class ReportForm(RubricForm):
    """The auditor's word to the board."""

    text_help = _("Das lesen die Koordination, die Geschäftsstelle und der Gutachterausschuss.")


class ReviewForm(RubricForm):
    """The judgement of one member."""

    text_help, text_required = _("Freiwillig: was Ihnen im Ganzen wichtig ist."), False


class OpinionForm(RubricForm):
    """The joint opinion: the rubric, the conditions in rows, and until when the town looks at the facts."""

    text_label = _("Gutachten")
    text_help = _(
        "Die Kommune liest diesen Text und die Urteile mit ihren Begründungen, um die Fakten zu prüfen. "
        "Empfehlung und Auflagen sieht sie dabei nicht: Bitte nennen Sie sie hier nicht."
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        for number in range(1, ROWS + 1):
            self.fields[f"condition_{number}"] = long_text(_t("Auflage %d") % number, rows=2)
            self.fields[f"due_{number}"] = forms.DateField(
                label=_t("Auflage %d: zu erfüllen bis") % number, required=False
            )
            self.fields[f"blocking_{number}"] = forms.BooleanField(
                label=_t("Auflage %d: vor der Verleihung zu erfüllen") % number, required=False
            )
        self.fields["answer_by"] = forms.DateField(
            label=_("Sachprüfung der Kommune bis"),
            help_text=_("Entscheiden können Sie nach diesem Tag, oder sobald die Kommune geantwortet hat."),
        )

    @classmethod
    def values_of(cls, written) -> dict:
        found = super().values_of(written)
        for number, each in enumerate(written.conditions, start=1):
            found |= {
                f"condition_{number}": each["text"],
                f"due_{number}": date.fromisoformat(each["due_on"]),
                f"blocking_{number}": each["blocking"],
            }
        return found

    def clean(self):
        cleaned = super().clean()
        filled = [number for number in range(1, ROWS + 1) if self._check_row(number)]
        if cleaned.get("verdict") == CONDITIONS and not filled:
            self.add_error("condition_1", _t("Bitte nennen Sie die Auflagen, jede mit ihrer Frist."))
        if cleaned.get("verdict") not in (CONDITIONS, None) and filled:
            self.add_error(
                "verdict",
                _t("Sie haben Auflagen genannt. Dazu gehört die Empfehlung mit Auflagen."),
            )
        if cleaned.get("answer_by") and cleaned["answer_by"] < self.today:
            self.add_error("answer_by", _t("Dieser Tag ist schon vorbei."))
        return cleaned

    def _check_row(self, number: int) -> bool:
        """Is anything written in this row? Says what is missing in it."""
        text, due = self.cleaned_data.get(f"condition_{number}"), self.cleaned_data.get(f"due_{number}")
        if due and due < self.today:
            self.add_error(f"due_{number}", _t("Die Frist liegt in der Vergangenheit."))
        if text and not due and f"due_{number}" not in self.errors:
            self.add_error(f"due_{number}", _t("Bitte nennen Sie die Frist dieser Auflage."))
        if not text and (due or self.cleaned_data.get(f"blocking_{number}")):
            self._text_missing(number)
        return bool(text or due)

    def _text_missing(self, number: int) -> None:
        if f"condition_{number}" not in self.errors:
            self.add_error(f"condition_{number}", _t("Bitte schreiben Sie, worin die Auflage besteht."))

    @property
    def opinion(self) -> dict:
        """What the action wants."""
        given = self.cleaned_data
        conditions = [
            {"text": given[f"condition_{each}"], "due_on": given[f"due_{each}"], "blocking": given[f"blocking_{each}"]}
            for each in range(1, ROWS + 1)
            if given[f"condition_{each}"]
        ]
        return self.judgement | {"conditions": conditions, "answer_by": given["answer_by"]}

    def rows(self) -> list[Row]:
        return [
            Row(each, self[f"condition_{each}"], self[f"due_{each}"], self[f"blocking_{each}"])
            for each in range(1, ROWS + 1)
        ]
