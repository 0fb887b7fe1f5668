"""A round of asking: whom it asks about what, the letters, and its end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from kommpass.agreement.models import Measure
from kommpass.agreement.queries import adoptions, agreement_of
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.audits.models import Procedure
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.implementation import queries
from kommpass.implementation.models import AskedMeasure, StatusRequest, StatusRound
from kommpass.people.models import Organisation, Post
from kommpass.people.queries import post_address
from kommpass.town_hall.actions import issue_link

URL_NAME = "implementation:by-link"


@dataclass(frozen=True)
class Whom:
    """Who answers for a measure: holder of the post, else deputy, else the mailbox of the organisation."""

    email: str
    name: str
    organisation: Organisation
    post: Post | None


@transaction.atomic
def open_round(
    *,
    procedure: Procedure,
    title: str,
    period_from: date,
    period_until: date,
    due_on: date,
    by: Actor,
    at: datetime,
) -> StatusRound:
    """Begin a round: every adopted measure gets exactly one person who is asked. Letters go out with `ask_owners`."""
    permit(by, "round.open", procedure)
    agreement = agreement_of(procedure)
    if agreement is None or adoptions(procedure).first() is None:
        raise NotPossible(_("Es gibt noch keine beschlossene Zielvereinbarung, nach deren Stand man fragen könnte."))
    if period_until < period_from:
        raise NotPossible(_("Der Zeitraum endet, bevor er beginnt."))
    if queries.open_round(procedure):
        raise NotPossible(_("Es läuft schon eine Statusrunde. Bitte schließen Sie sie zuerst ab."))
    if procedure.rounds.filter(period_until__gte=period_until).exists():
        raise NotPossible(_("Für diesen oder einen späteren Zeitraum gab es schon eine Statusrunde."))
    opened = StatusRound.objects.create(
        procedure=procedure,
        title=title,
        period_from=period_from,
        period_until=period_until,
        due_on=due_on,
        opened_at=at,
        opened_by=by.name,
    )
    rows = queries.asked_here(agreement)
    asked = _ask_for(opened, rows.select_related("post__holder", "post__deputy"))
    record(procedure, "round.open", by=by, at=at, round=opened.pk, title=title, due_on=due_on, measures=asked)
    return opened


def _ask_for(opened: StatusRound, rows: Iterable[Measure]) -> int:
    """One request per person, however many organisations and posts they answer for; none for nobody's measures."""
    addresses: dict[int, str] = {}
    requests: dict[tuple[str, int], StatusRequest] = {}
    pairs: list[tuple[StatusRequest, Measure]] = []
    for measure in rows:
        whom = _whom(measure, addresses)
        if whom is None:
            continue
        key = (whom.email.lower(), 0) if whom.email else ("", whom.organisation.pk)
        request = requests.setdefault(
            key,
            StatusRequest(
                round=opened, organisation=whom.organisation, post=whom.post, name=whom.name, email=whom.email.lower()
            ),
        )
        pairs.append((request, measure))
    StatusRequest.objects.bulk_create(requests.values())
    AskedMeasure.objects.bulk_create(
        AskedMeasure(request=request, round=opened, measure=measure) for request, measure in pairs
    )
    return len(pairs)


def _whom(measure: Measure, addresses: dict[int, str]) -> Whom | None:
    owner, post = measure.responsible, measure.post
    if owner is None:
        return None
    for person in (post.holder, post.deputy) if post else ():
        if person and person.is_active:
            return Whom(person.email, person.name, owner, post)
    if owner.pk not in addresses:
        addresses[owner.pk] = post_address(owner)
    return Whom(addresses[owner.pk], owner.name, owner, None)


@transaction.atomic
@override(settings.LANGUAGE_CODE)
def ask_owners(
    *, round: StatusRound, requests: Iterable[StatusRequest], by: Actor, at: datetime
) -> list[StatusRequest]:
    """Write to these people: one mail, one link to all of their measures. Returns those without an address."""
    permit(by, "round.ask", round.procedure)
    if not round.open:
        raise NotPossible(_("Diese Statusrunde ist abgeschlossen."))
    silent, written = [], []
    for request in requests:
        if not request.email:
            silent.append(request)
            continue
        number = request.asked.count()
        issue_link(
            organisation=request.organisation,
            purpose="progress",
            subject=request.pk,
            email=request.email,
            url_name=URL_NAME,
            subject_line=_("Wie weit sind Ihre Maßnahmen? Bitte um kurze Rückmeldung"),
            text=ngettext(
                "für den Bericht zur Zielvereinbarung brauchen wir den Stand von %(number)d Maßnahme. "
                "Hat sich nichts geändert, genügt ein Klick. Bitte antworten Sie bis zum %(day)s.",
                "für den Bericht zur Zielvereinbarung brauchen wir den Stand von %(number)d Maßnahmen. "
                "Hat sich nichts geändert, genügt ein Klick. Bitte antworten Sie bis zum %(day)s.",
                number,
            )
            % {"number": number, "day": f"{round.due_on:%d.%m.%Y}"},
            procedure=round.procedure,
            by=by,
            at=at,
            days=max(0, (round.due_on - timezone.localdate(at)).days) + 28,
        )
        request.asked_at = at
        request.save(update_fields=["asked_at"])
        written.append(request.pk)
    record(round.procedure, "round.ask", by=by, at=at, round=round.pk, asked=written, without_address=len(silent))
    return silent


@transaction.atomic
def close_round(*, round: StatusRound, by: Actor, at: datetime) -> StatusRound:
    """End a round. What nobody answered stays without an answer, and visibly so."""
    permit(by, "round.close", round.procedure)
    if not round.open:
        raise NotPossible(_("Diese Statusrunde ist schon abgeschlossen."))
    round.closed_at = at
    round.save(update_fields=["closed_at"])
    answered = len(queries.given(round))
    record(round.procedure, "round.close", by=by, at=at, round=round.pk, answered=answered, asked=round.asked.count())
    return round
