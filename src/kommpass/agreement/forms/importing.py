"""Importing a plan file: which file, what its columns mean, where its fields go."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommpass.adapters.plan_files import (
    COLUMN_LABELS,
    Mapping,
    MappingRefused,
    Plan,
    load_mapping,
    mapping_from_dict,
    read_plan,
)
from kommpass.agreement.forms.typed import PartialDateField
from kommpass.agreement.models import PendingUpload
from kommpass.agreement.preview import NEW, Choices, Preview
from kommpass.people.models import Organisation

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_MAPPING = 100 * 1024
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".json")
ROUND = "report_round"


class ImportUploadForm(forms.Form):
    """The file and, for those who have one, a mapping file. What cannot be read at all is refused right here."""

    file = forms.FileField(
        label=_("Datei mit Zielen und Maßnahmen"),
        allow_empty_file=True,
        help_text=_("Excel (.xlsx), CSV oder ein Auszug aus LocalZero (.json), höchstens 10 MB"),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={"required": _("Bitte wählen Sie eine Datei.")},
    )
    mapping_file = forms.FileField(
        label=_("Zuordnungsdatei"),
        required=False,
        help_text=_("Nur wenn Sie eine haben (.toml oder .json). Sonst schlagen wir die Zuordnung vor."),
        widget=forms.FileInput(attrs={"accept": ".toml,.json"}),
    )

    content: bytes = b""
    plan: Plan | None = None

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_t("Die Datei ist größer als 10 MB. Bitte teilen Sie sie auf."))
        if PurePath(file.name).suffix.lower() not in ENDINGS:
            known = ", ".join(ENDINGS)
            raise forms.ValidationError(
                _t("Mit dieser Art von Datei können wir nichts anfangen. Möglich sind: %s.") % known
            )
        return file

    def clean_mapping_file(self):
        file = self.cleaned_data["mapping_file"]
        if file is None:
            return None
        if file.size > LARGEST_MAPPING:
            raise forms.ValidationError(_t("Die Zuordnungsdatei ist größer als 100 kB."))
        try:
            return load_mapping(file.read(), file.name)
        except MappingRefused as refused:
            raise forms.ValidationError(_t(refused.message).format(**refused.values)) from None

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        self.content = cleaned["file"].read()
        self.plan = read_plan(self.content, cleaned["file"].name, mapping=cleaned["mapping_file"])
        correctable = self.plan.headers or self.plan.choices or self.plan.lines_read
        if self.plan.errors and not correctable:
            for problem in self.plan.errors:
                self.add_error("file", told(problem))
        return cleaned


def told(problem) -> str:
    """A problem as a sentence in the language of the page, with its place in front."""
    sentence = _t(problem.message).format(**problem.values)
    column = _t("Spalte „%s“") % problem.column if problem.column else ""
    place = ", ".join(part for part in (problem.where, column) if part)
    return f"{place}: {sentence}" if place else sentence


class ImportChoicesForm(forms.Form):
    """Everything that people may decide about one uploaded file, drawn from what was understood of it so far."""

    part = forms.ChoiceField(label=_("Stadt oder Blatt"), required=False)
    create_organisations = forms.ChoiceField(
        label=_("Zuständige, die es hier noch nicht gibt"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", _("als Text bei der Maßnahme behalten")),
            ("create", _("als Organisationen anlegen (sie werden vor dem Festschreiben um Zustimmung gebeten)")),
        ],
    )
    responsible = forms.ModelChoiceField(
        label=_("Zuständig, wo die Datei niemanden nennt"),
        required=False,
        queryset=Organisation.objects.none(),
        empty_label=_("noch offen lassen"),
    )
    due = PartialDateField(
        label=_("Frist, wo die Datei keine nennt"), required=False, help_text=_("Zum Beispiel 2030 oder März 2029")
    )
    as_of = forms.DateField(label=_("Tag der Sachstände ohne Datum"), required=False)

    def __init__(self, *args, upload: PendingUpload, preview: Preview, **kwargs):
        self.upload, self.preview = upload, preview
        super().__init__(*args, initial=self._decided(preview), **kwargs)
        self.fields["responsible"].queryset = Organisation.objects.all()
        if upload.parts:
            self.fields["part"].choices = [("", self._all_parts()), *((each, each) for each in upload.parts)]
        else:
            del self.fields["part"]
        if not preview.unmatched:
            del self.fields["create_organisations"]
        if all(each.period_from for each in preview.plan.statuses):
            del self.fields["as_of"]
        self._add_columns()
        self._add_fields_of_action()

    def _decided(self, preview: Preview) -> dict:
        choices = preview.choices
        return {
            "part": choices.part,
            "create_organisations": "create" if choices.create_organisations else "",
            "responsible": choices.responsible,
            "due": choices.due,
            "as_of": preview.as_of,
        }

    def _all_parts(self) -> str:
        return (
            _t("Bitte wählen")
            if self.upload.file_name.lower().endswith(".json")
            else _t("alle gleich aufgebauten Blätter")
        )

    def _add_columns(self) -> None:
        """One choice for each column of the file."""
        mapping = self.preview.plan.mapping_used
        meanings = {header: name for name, header in mapping.columns.items()}
        labels = [(name, _t(label)) for name, label in COLUMN_LABELS.items()]
        for place, header in enumerate(self.preview.plan.headers):
            choices = [("", _t("weitere Angabe (bleibt erhalten)")), *labels]
            if header in mapping.statuses:
                choices.append((ROUND, _t("Bericht: %s") % (_t(mapping.statuses[header].label) or header)))
                meanings[header] = ROUND
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=header, choices=choices, required=False, initial=meanings.get(header, "")
            )

    def _add_fields_of_action(self) -> None:
        """One choice for each field of the file: one of ours, or a new one."""
        ours = [(str(each.pk), str(each)) for each in self.preview.agreement.procedure.fields.all()]
        for place, each in enumerate(self.preview.fields):
            new = (NEW, _t("neues Handlungsfeld „%s“") % each.title[:60])
            self.fields[f"field-{place}"] = forms.ChoiceField(
                label=each.title,
                choices=[("", _t("keines") if each.empty else _t("Bitte wählen")), *ours, new],
                required=False,
                initial=NEW if each.new else str(each.target.pk) if each.target else "",
            )

    @cached_property
    def column_rows(self) -> list[tuple]:
        """Each column with an example from the file, for the table on the page."""
        headers = self.preview.plan.headers
        return [(self[f"column-{place}"], _example(self.preview.plan, header)) for place, header in enumerate(headers)]

    @cached_property
    def field_rows(self) -> list[tuple]:
        return [(self[f"field-{place}"], each) for place, each in enumerate(self.preview.fields)]

    @property
    def other_fields(self) -> Iterator:
        """What is drawn as ordinary fields below the tables."""
        return (self[name] for name in ("create_organisations", "responsible", "due", "as_of") if name in self.fields)

    def clean(self):
        cleaned = super().clean()
        meant: dict[str, str] = {}
        for place, header in enumerate(self.preview.plan.headers):
            name = cleaned.get(f"column-{place}", "")
            if name in meant and name != ROUND:
                values = {"name": _t(COLUMN_LABELS[name]), "first": meant[name]}
                self.add_error(f"column-{place}", _t("„%(name)s“ ist schon die Spalte „%(first)s“.") % values)
            if name:
                meant[name] = header
        return cleaned

    @property
    def choices(self) -> Choices:
        """What was decided, ready for the next preview."""
        cleaned = self.cleaned_data
        if self._other_part:  # another sheet has other columns, another town other fields
            brought = mapping_from_dict(self.upload.mapping) if self.upload.mapping else None
            return Choices(mapping=brought, part=cleaned["part"])
        responsible, as_of = cleaned.get("responsible"), cleaned.get("as_of")
        return Choices(
            mapping=self._mapping() if self._other_columns else self.preview.choices.mapping,
            part=cleaned.get("part", ""),
            fields={each.key: cleaned[f"field-{place}"] for place, each in enumerate(self.preview.fields)},
            create_organisations=bool(cleaned.get("create_organisations")),
            responsible=responsible.pk if responsible else None,
            due=cleaned.get("due", ""),
            as_of=as_of,
        )

    @property
    def reads_anew(self) -> bool:
        """Whether columns or part were changed: then everybody wants to see the result before it is brought in."""
        return self._other_part or self._other_columns

    @property
    def _other_part(self) -> bool:
        return self.cleaned_data.get("part", "") != self.preview.choices.part

    @property
    def _other_columns(self) -> bool:
        return self._mapping() != self.preview.plan.mapping_used

    def _mapping(self) -> Mapping:
        """The mapping with the corrected columns; rounds, lights and levels stay as they were understood."""
        used, headers = self.preview.plan.mapping_used, self.preview.plan.headers
        said = {header: self.cleaned_data[f"column-{place}"] for place, header in enumerate(headers)}
        columns = {name: header for header, name in said.items() if name and name != ROUND}
        dropped = {header for header, name in said.items() if header in used.statuses and name != ROUND}
        rounds = {name: each for name, each in used.statuses.items() if name not in dropped}
        ordered = {name: columns[name] for name in used.columns if name in columns}
        return replace(used, columns=ordered | columns, statuses=rounds)


def _example(plan: Plan, header: str) -> str:
    """The first thing the file says in a column, shortened."""
    name = next((name for name, each in plan.mapping_used.columns.items() if each == header), "")
    for row in sorted(plan.rows[:200], key=lambda row: row.level != "measure"):
        found = getattr(row, name, "") if name in row.__dataclass_fields__ else ""
        text = getattr(found, "german", found) or row.extra.get(header, "")
        if text:
            return str(text)[:80]
    return ""
