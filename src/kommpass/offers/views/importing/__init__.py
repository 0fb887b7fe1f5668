"""Taking over a list, step by step: upload, say what it means, look, carry out."""

from kommpass.offers.views.importing.carrying import carry_out, drop
from kommpass.offers.views.importing.looking import preview
from kommpass.offers.views.importing.mapping import mapping
from kommpass.offers.views.importing.uploading import runs, upload

__all__ = ["carry_out", "drop", "mapping", "preview", "runs", "upload"]
