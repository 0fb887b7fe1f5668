"""Taking over a list: which file from which source, what its columns and values mean, and what to do with doubles."""

from kommpass.offers.forms.importing.choices import ImportChoicesForm
from kommpass.offers.forms.importing.mapping import ImportMappingForm
from kommpass.offers.forms.importing.upload import ImportUploadForm

__all__ = ["ImportChoicesForm", "ImportMappingForm", "ImportUploadForm"]
