"""How each state looks: colour and sign. The word always stands beside it."""

from dataclasses import dataclass

from kommpass.domain.validity import CertificateState


@dataclass(frozen=True)
class Look:
    """A tone (success, warning, danger, info) and the name of a line drawing."""

    tone: str
    sign: str


LOOKS = {
    CertificateState.VALID: Look("success", "success"),
    CertificateState.EXPIRING: Look("warning", "clock"),
    CertificateState.PERMANENT: Look("success", "seal"),
    CertificateState.CONDITIONS_OPEN: Look("warning", "warning"),
    CertificateState.NOT_YET: Look("info", "calendar"),
    CertificateState.LAPSED: Look("danger", "history"),
    CertificateState.SUSPENDED: Look("warning", "warning"),
    CertificateState.WITHDRAWN: Look("danger", "danger"),
}
