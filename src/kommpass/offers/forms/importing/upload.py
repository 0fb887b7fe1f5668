"""Uploading a list: the file, and where it is from."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommpass.adapters.offer_files import FileRefused, Sheet, read
from kommpass.adapters.offer_files.limits import MAX_BYTES, MEGABYTE
from kommpass.offers.queries.importing import sources


class ImportUploadForm(forms.Form):
    """The file and where it is from. What cannot be read at all is refused right here."""

    file = forms.FileField(
        label=_("Liste mit Angeboten oder Einrichtungen"),
        allow_empty_file=True,
        help_text=_(
            "CSV, Excel (.xlsx), JSON, GeoJSON, GeoPackage, Kalender (.ics), "
            "Shapefile oder HSDS-Tabellen im ZIP-Archiv, höchstens 25 MB"
        ),
        error_messages={"required": _("Bitte wählen Sie eine Datei.")},
    )
    known = forms.ChoiceField(label=_("Quelle"), required=False)
    source = forms.CharField(
        label=_("Name der neuen Quelle"),
        required=False,
        max_length=120,
        help_text=_("Zum Beispiel „Kitas aus dem Geoportal“. Daran erkennen wir die Liste beim nächsten Mal wieder."),
    )

    sheets: list[Sheet] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        earlier = [(each.source, each.source) for each in sources()]
        self.fields["known"].choices = [("", _t("eine neue Quelle")), *earlier]
        if not earlier:
            del self.fields["known"]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("known") and not cleaned.get("source", "").strip():
            self.add_error("source", _t("Bitte sagen Sie, woher die Liste ist."))
        if file := cleaned.get("file"):
            self._read(file)
        return cleaned

    def _read(self, file) -> None:
        if file.size > MAX_BYTES:
            limit = {"limit": MAX_BYTES // MEGABYTE}
            self.add_error("file", _t("Die Datei ist größer als {limit} MB. Bitte teilen Sie sie auf.").format(**limit))
            return
        try:
            self.sheets = read(file.read(), file.name)
        except FileRefused as refused:
            problem = refused.problem
            sentence = _t(problem.message).format(**problem.values)
            self.add_error("file", f"{problem.where}: {sentence}" if problem.where else sentence)

    @property
    def source_name(self) -> str:
        return self.cleaned_data.get("known") or self.cleaned_data["source"]
