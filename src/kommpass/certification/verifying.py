"""What everybody may be told about a certificate: one sentence for every case, honest and without a name."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from kommpass.adapters.signature import Outcome, Sealed, check
from kommpass.certification.looks import Look
from kommpass.certification.models import Certificate
from kommpass.certification.queries import (
    Standing,
    by_number,
    certificates,
    documents,
    known_keys,
    leading,
    of_scheme,
    standing,
    standings,
)
from kommpass.domain.validity import CertificateState
from kommpass.municipalities.scope import within
from kommpass.people.addresses import in_town

SENTENCES = {
    CertificateState.VALID: _("Dieses Zertifikat gilt."),
    CertificateState.EXPIRING: _("Dieses Zertifikat gilt. Es läuft in weniger als einem Jahr aus."),
    CertificateState.PERMANENT: _("Dieses Zertifikat gilt. Es ist dauerhaft verliehen, die Bedingungen sind erfüllt."),
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
UNRECORDED = _("Diese Datei trägt unsere Signatur, aber zu ihrer Nummer ist hier kein Zertifikat eingetragen.")
OF_FILE = {
    Outcome.GENUINE: _("Diese Datei ist echt: Wir haben sie signiert, und seitdem wurde nichts geändert."),
    Outcome.CHANGED: _("Diese Datei wurde verändert, nachdem sie signiert war. Bitte vertrauen Sie ihr nicht."),
    Outcome.UNKNOWN_KEY: _("Diese Datei ist signiert, aber nicht von uns. Über sie können wir nichts sagen."),
    Outcome.UNSIGNED: _("Diese Datei trägt keine Signatur. Sie ist keine Urkunde von uns, höchstens eine Abschrift."),
    Outcome.UNREADABLE: _("Diese Datei lässt sich nicht als PDF lesen. Bitte wählen Sie die Urkunde selbst."),
    Outcome.BUSY: _("Gerade werden viele Dateien geprüft. Bitte versuchen Sie es in einer Minute noch einmal."),
}
LOOK_OF_FILE = {
    Outcome.GENUINE: Look("success", "seal"),
    Outcome.CHANGED: Look("danger", "danger"),
    Outcome.UNKNOWN_KEY: Look("warning", "warning"),
    Outcome.UNSIGNED: Look("warning", "warning"),
    Outcome.UNREADABLE: Look("info", "help"),
    Outcome.BUSY: Look("info", "clock"),
}
NOT_FOUND = Look("warning", "search")


@dataclass(frozen=True)
class Answer:
    """What a public page shows: a sentence with its look, and if there is a certificate, what it says.

    `other` is the certificate that holds today where the one in question does not; `outcome` what a file showed.
    """

    sentence: str
    good: bool
    look: Look
    number: str = ""
    standing: Standing | None = None
    content: dict | None = None
    other: Standing | None = None
    town_url: str = ""
    outcome: Outcome | None = None


def about_number(number: str, day: date) -> Answer:
    """The state of the certificate with this number, or that there is none."""
    town, written = by_number(number)
    if town is not None:
        with within(town):
            if found := certificates().filter(number=written).first():
                return _about(found, day)
    return Answer(str(UNKNOWN), False, NOT_FOUND, written)


def _about(certificate: Certificate, day: date) -> Answer:
    found = standing(certificate, day)
    other = None if found.holds else leading(of_scheme(standings(day), certificate.procedure.scheme_key))
    return Answer(
        sentence=str(SENTENCES[found.state]),
        good=found.holds,
        look=found.look,
        number=certificate.number,
        standing=found,
        content=certificate.content,
        other=other if other and other.holds else None,
        town_url=in_town("portal:home"),
    )


def about_file(file: bytes, day: date) -> tuple[Answer, Answer | None]:
    """What can be said of a file; of a genuine one also the state of its certificate today. Nothing is kept."""
    return told(check(file, known_keys()), file, day)


def told(sealed: Sealed, file: bytes, day: date) -> tuple[Answer, Answer | None]:
    """The finding in words.

    A signature says nothing about the bytes that hold the signature itself, so what we signed is also compared with
    what we kept: only the very same file is genuine.
    """
    outcome, number = sealed.outcome, sealed.reason
    if outcome is not Outcome.GENUINE:
        return _of_file(outcome), None
    answer = about_number(number, day)
    if answer.standing is None:
        return Answer(str(UNRECORDED), False, NOT_FOUND, number), None
    if not _kept(answer.standing.certificate, file):
        return _of_file(Outcome.CHANGED), None
    return _of_file(outcome, number), answer


def _of_file(outcome: Outcome, number: str = "") -> Answer:
    genuine = outcome is Outcome.GENUINE
    return Answer(str(OF_FILE[outcome]), genuine, LOOK_OF_FILE[outcome], number, outcome=outcome)


def _kept(certificate: Certificate, file: bytes) -> bool:
    with within(certificate.municipality):
        return documents().filter(certificate=certificate, digest=sha256(file).hexdigest()).exists()
