"""Why a document could not be made; each failure carries a German sentence for the page."""

from kommpass.domain.refusals import NotPossible


class DocumentFailed(NotPossible):
    """The document could not be set (Satz misslungen); nothing was stored. `cause` is for the log."""

    def __init__(self, sentence: str, cause: str = ""):
        super().__init__(sentence)
        self.cause = cause


class TemplateRefused(NotPossible):
    """A town's own Word template (Word-Vorlage) holds a mistake or something it must not hold."""
