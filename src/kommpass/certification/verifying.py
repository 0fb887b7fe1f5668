"""What everybody may be told about a certificate: one sentence for every case, honest and without a name."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kommpass.adapters.signature import Outcome, check
from kommpass.certification.models import Certificate
from kommpass.certification.queries import Standing, by_number, certificates, known_keys, standing
from kommpass.domain.validity import CertificateState
from kommpass.municipalities.scope import within

SENTENCES = {
    CertificateState.VALID: _("Dieses Zertifikat gilt."),
    CertificateState.EXPIRING: _("Dieses Zertifikat gilt. Es läuft in weniger als einem Jahr aus."),
    CertificateState.PERMANENT: _("Dieses Zertifikat ist dauerhaft verliehen. Die Bedingungen sind erfüllt."),
    CertificateState.CONDITIONS_OPEN: _(
        "Dieses Zertifikat ist dauerhaft verliehen. Nachweise aus einem abgelaufenen Jahr fehlen noch; "
        "solange darf die Kommune nicht mit dem Logo werben."
    ),
    CertificateState.NOT_YET: _("Dieses Zertifikat ist ausgestellt, gilt aber noch nicht."),
    CertificateState.LAPSED: _("Dieses Zertifikat ist ausgelaufen. Es gilt nicht mehr."),
    CertificateState.SUSPENDED: _("Dieses Zertifikat ist ausgesetzt. Es gilt zurzeit nicht."),
    CertificateState.WITHDRAWN: _("Dieses Zertifikat wurde entzogen. Es gilt nicht mehr."),
}
UNKNOWN = _("Ein Zertifikat mit dieser Nummer gibt es hier nicht.")
OF_FILE = {
    Outcome.GENUINE: _("Diese Datei ist echt: Wir haben sie signiert, und seitdem wurde nichts geändert."),
    Outcome.CHANGED: _("Diese Datei wurde verändert, nachdem sie signiert war. Bitte vertrauen Sie ihr nicht."),
    Outcome.UNKNOWN_KEY: _("Diese Datei ist signiert, aber nicht von uns. Über sie können wir nichts sagen."),
    Outcome.UNSIGNED: _("Diese Datei trägt keine Signatur. Sie ist keine Urkunde von uns, höchstens eine Abschrift."),
    Outcome.UNREADABLE: _("Diese Datei lässt sich nicht als PDF lesen. Bitte wählen Sie die Urkunde selbst."),
}


@dataclass(frozen=True)
class Answer:
    """What a public page shows: a sentence, and if there is a certificate, what it says."""

    sentence: str
    good: bool
    number: str = ""
    standing: Standing | None = None
    content: dict | None = None


def about_number(number: str, day: date) -> Answer:
    """The state of the certificate with this number, or that there is none."""
    town, written = by_number(number)
    if town is None:
        return Answer(_(UNKNOWN), False, written)
    with within(town):
        found = certificates().filter(number=written).first()
        return _about(found, day) if found else Answer(_(UNKNOWN), False, written)


def _about(certificate: Certificate, day: date) -> Answer:
    found = standing(certificate, day)
    return Answer(_(SENTENCES[found.state]), found.holds, certificate.number, found, certificate.content)


def about_file(file: bytes, day: date) -> tuple[Answer, Answer | None]:
    """What can be said of a file; of a genuine one also the state of its certificate today. Nothing is kept."""
    sealed = check(file, known_keys())
    first = Answer(_(OF_FILE[sealed.outcome]), sealed.outcome is Outcome.GENUINE, sealed.reason)
    return first, about_number(sealed.reason, day) if first.good else None
