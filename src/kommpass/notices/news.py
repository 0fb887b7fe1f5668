"""Tells people of what concerns them at once: the journal is the only event, and these letters follow from it.

Reminders are about what is due; news is about what somebody else has just done.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kommpass.assessment.models import Seat
from kommpass.audits.models import JournalEntry
from kommpass.domain.permissions import Role
from kommpass.municipalities.scope import within
from kommpass.people.addresses import absolute, in_town
from kommpass.people.letters import send_letter
from kommpass.people.models import InstallationRole
from kommpass.people.queries import coordinators, members

Audience = Callable[[JournalEntry], Iterable[str]]


def the_coordination(entry: JournalEntry) -> Iterable[str]:
    return coordinators().values_list("user__email", flat=True)


def coordination_and_auditor(entry: JournalEntry) -> Iterable[str]:
    return members().filter(role__in=[Role.COORDINATOR, Role.AUDITOR]).values_list("user__email", flat=True)


def the_office(entry: JournalEntry) -> Iterable[str]:
    found = InstallationRole.objects.filter(role=Role.ASSOCIATION_OFFICE, user__is_active=True)
    return found.values_list("user__email", flat=True)


def the_new_seats(entry: JournalEntry) -> Iterable[str]:
    return Seat.objects.filter(assigned_at=entry.at).values_list("reviewer__email", flat=True)


@dataclass(frozen=True)
class News:
    """One kind of news: after which entry, to whom, in which words, and where one can look."""

    action: str
    audience: Audience
    sentence: str
    page: str = "assessment:overview"
    only: Callable[[dict], bool] = lambda details: True


ALL = (
    News("submission.submit", the_office, _("hat Unterlagen zur Begutachtung eingereicht.")),
    News(
        "submission.check",
        the_coordination,
        _("Ihre Einreichung ist vollständig. Die Begutachtung beginnt."),
        only=lambda details: details["complete"],
    ),
    News(
        "submission.check",
        the_coordination,
        _("Ihrer Einreichung fehlt noch etwas. Was, steht auf der Seite."),
        only=lambda details: not details["complete"],
    ),
    News("case.open", the_new_seats, _("liegt Ihnen zur Begutachtung vor.")),
    News("opinion.write", the_coordination, _("Das Gutachten liegt vor. Bitte prüfen Sie, ob die Fakten stimmen.")),
    News("decision.release", coordination_and_auditor, _("Über das Zertifikat ist entschieden.")),
    News("condition.report", the_office, _("hat einen Nachweis zu einer Auflage geschickt.")),
    News("condition.check", the_coordination, _("Ihr Nachweis zu einer Auflage ist geprüft.")),
    News("objection.raise", the_office, _("hat Widerspruch gegen eine Entscheidung eingelegt.")),
    News("objection.answer", the_coordination, _("Über Ihren Widerspruch ist entschieden.")),
    News(
        "certificate.issue",
        the_coordination,
        _("Ihr Zertifikat ist ausgestellt."),
        page="certification:overview",
        only=lambda details: "document" not in details,
    ),
    News(
        "certificate.change",
        the_coordination,
        _("Der Zustand Ihres Zertifikats hat sich geändert."),
        page="certification:overview",
    ),
    News("report.submit", the_office, _("hat einen Jahresbericht eingereicht.")),
    News(
        "report.review",
        the_coordination,
        _("Der Verein hat Ihren Jahresbericht angenommen."),
        page="reporting:overview",
        only=lambda details: details["step"] == "accepted",
    ),
    News(
        "report.review",
        the_coordination,
        _("Der Verein hat Ihren Jahresbericht mit Anmerkungen zurückgegeben."),
        page="reporting:overview",
        only=lambda details: details["step"] == "returned",
    ),
)


def tell(sender: str, entry: JournalEntry, **kwargs) -> None:
    """Write the letters that follow from an entry. Whoever did it is not told of it."""
    wanted = [each for each in ALL if each.action == sender and each.only(entry.details)]
    if not wanted:
        return
    with within(entry.municipality):
        for news in wanted:
            for address in sorted(set(news.audience(entry))):
                _write(address, news, entry)


def _write(address: str, news: News, entry: JournalEntry) -> None:
    town = entry.municipality.name
    outside = news.audience in (the_office, the_new_seats)
    sentence = f"{town} {news.sentence}" if outside else str(news.sentence)
    send_letter(
        address,
        f"{town}: {news.sentence}" if not outside else sentence,
        "notices/letters/news.txt",
        {"town": entry.municipality, "sentence": sentence, "url": absolute(in_town(news.page))},
    )
