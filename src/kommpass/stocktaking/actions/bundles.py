"""The way of a question bundle: created, passed on, submitted, returned, closed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.audits.models import Procedure
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.people.models import Organisation
from kommpass.stocktaking.actions.letters import paragraphs, send_link, until
from kommpass.stocktaking.models import Answer, QuestionBundle
from kommpass.stocktaking.queries.bundles import passed_on_since

State = QuestionBundle.State
Kind = Answer.Kind


MOST_PASSED_ON_A_DAY = 3


@transaction.atomic
@override(settings.LANGUAGE_CODE)  # the letter it sends speaks the town's language
def create_bundle(
    *,
    procedure: Procedure,
    organisation: Organisation,
    title: str,
    question_keys: Sequence[str],
    due_on: date | None = None,
    note: str = "",
    email: str = "",
    by: Actor,
    at: datetime,
) -> QuestionBundle:
    """Give questions to an organisation. With an address the link goes out at once.

    A town without youth office gets the suggestion that what is the county's business is the county's.
    """
    permit(by, "bundle.create", procedure)
    if due_on and due_on < localdate(at):
        raise NotPossible(_("Die Frist liegt in der Vergangenheit. Bitte wählen Sie einen späteren Tag."))
    keys = [each.key for each in procedure.scheme.questions if each.key in set(question_keys)]
    if not keys or len(keys) < len(set(question_keys)):
        raise NotPossible(_("Bitte wählen Sie mindestens eine Frage aus dem Fragebogen dieses Verfahrens."))
    known = {row.question_key: row for row in Answer.objects.select_for_update().filter(procedure=procedure)}
    if taken := [key for key in keys if key in known and known[key].bundle_id]:
        raise NotPossible(_("Diese Fragen liegen schon in einem anderen Fragenpaket: %s") % ", ".join(taken))
    bundle = QuestionBundle.objects.create(
        procedure=procedure,
        organisation=organisation,
        title=title,
        due_on=due_on,
        note=note,
        email=email,
        created_at=at,
    )
    Answer.objects.filter(pk__in=[known[key].pk for key in keys if key in known]).update(bundle=bundle)
    Answer.objects.bulk_create(_new_answer(procedure, key, bundle) for key in keys if key not in known)
    record(
        procedure, "bundle.create", by=by, at=at, bundle=bundle.pk, organisation=organisation.pk, title=title,
        due_on=due_on, questions=keys,
    )  # fmt: skip
    if email:
        send_link(
            bundle,
            subject_line=_("Audit: bitte beantworten Sie %(number)s Fragen – %(title)s")
            % {"number": len(keys), "title": title},
            text=paragraphs(
                _("die Koordination bittet Sie um Antworten für die Bestandsaufnahme."), until(bundle), note
            ),
            by=by,
            at=at,
        )
    return bundle


def _new_answer(procedure: Procedure, key: str, bundle: QuestionBundle) -> Answer:
    """An open row, or the suggestion that the county provides it."""
    answer = Answer(procedure=procedure, question_key=key, bundle=bundle)
    town = procedure.municipality
    if not town.has_youth_office and procedure.scheme.question(key).level == "county":
        answer.kind, answer.confirmed = Kind.OUTSIDE, False
        answer.provided_by = town.county_name or _("Kreis")
    return answer


def _locked(bundle: QuestionBundle) -> QuestionBundle:
    """The latest state of the row, held until the action is done, in the hands of the caller."""
    latest = QuestionBundle.objects.select_for_update().get(pk=bundle.pk)
    bundle.state, bundle.edition = latest.state, latest.edition
    return bundle


def _move(bundle: QuestionBundle, to: str, **changes) -> None:
    bundle.state, bundle.edition = to, bundle.edition + 1
    for name, value in changes.items():
        setattr(bundle, name, value)
    bundle.save(update_fields=["state", "edition", *changes])


@transaction.atomic
def submit_bundle(*, bundle: QuestionBundle, by: Actor, at: datetime) -> QuestionBundle:
    """Hand in the answers: from now on they stand still for the respondent."""
    permit(by, "bundle.submit", bundle.procedure)
    if not _locked(bundle).with_respondent:
        raise NotPossible(_("Dieses Fragenpaket wurde schon abgegeben. Ihre Antworten sind gespeichert."))
    still_open = [each.question_key for each in bundle.answers.all() if not each.done]
    if still_open:
        raise NotPossible(
            _("Noch offen: %s. Wenn Sie etwas nicht wissen, wählen Sie bitte „Wissen wir nicht“.")
            % ", ".join(still_open)
        )
    _move(bundle, State.SUBMITTED, submitted_at=at, submitted_by_name=by.name)
    record(bundle.procedure, "bundle.submit", by=by, at=at, bundle=bundle.pk, title=bundle.title)
    return bundle


@transaction.atomic
@override(settings.LANGUAGE_CODE)  # the letter it sends speaks the town's language
def return_bundle(*, bundle: QuestionBundle, note: str, by: Actor, at: datetime) -> QuestionBundle:
    """Give a bundle back with a note on what is missing. Mails the link anew if there is an address."""
    permit(by, "bundle.return", bundle.procedure)
    if _locked(bundle).with_respondent:
        raise NotPossible(_("Dieses Fragenpaket liegt schon beim Fachbereich."))
    if not note.strip():
        raise NotPossible(_("Bitte schreiben Sie dazu, was noch fehlt."))
    _move(bundle, State.RETURNED, return_note=note, closed_at=None)
    record(bundle.procedure, "bundle.return", by=by, at=at, bundle=bundle.pk, title=bundle.title, note=note)
    if bundle.email:
        send_link(
            bundle,
            subject_line=_("Audit: bitte ergänzen Sie Ihre Antworten – %s") % bundle.title,
            text=paragraphs(_("vielen Dank für Ihre Antworten. Eine Bitte haben wir noch:"), note, until(bundle)),
            by=by,
            at=at,
        )
    return bundle


@transaction.atomic
def close_bundle(*, bundle: QuestionBundle, by: Actor, at: datetime) -> QuestionBundle:
    """Accept a bundle as complete. The coordination may close one she has answered herself."""
    permit(by, "bundle.close", bundle.procedure)
    if _locked(bundle).state == State.CLOSED:
        raise NotPossible(_("Dieses Fragenpaket ist schon abgeschlossen."))
    still_open = sum(1 for each in bundle.answers.all() if not each.done)
    if still_open:
        raise NotPossible(
            _(
                "In diesem Fragenpaket sind noch %s Fragen offen. "
                "Bitte beantworten Sie sie zuerst oder geben Sie das Paket zurück."
            )
            % still_open
        )
    _move(bundle, State.CLOSED, closed_at=at)
    record(bundle.procedure, "bundle.close", by=by, at=at, bundle=bundle.pk, title=bundle.title)
    return bundle


@transaction.atomic
@override(settings.LANGUAGE_CODE)  # the letter it sends speaks the town's language
def remind_bundle(*, bundle: QuestionBundle, by: Actor, at: datetime) -> QuestionBundle:
    """Send the link again, kindly."""
    permit(by, "bundle.remind", bundle.procedure)
    if not _locked(bundle).with_respondent:
        raise NotPossible(_("Dieses Fragenpaket ist abgegeben. Eine Erinnerung ist nicht nötig."))
    send_link(
        bundle,
        subject_line=_("Audit: Erinnerung an Ihre Fragen – %s") % bundle.title,
        text=paragraphs(_("wir erinnern an die Fragen für die Bestandsaufnahme."), until(bundle), bundle.note),
        by=by,
        at=at,
    )
    bundle.reminded_at = at
    bundle.save(update_fields=["reminded_at"])
    record(bundle.procedure, "bundle.remind", by=by, at=at, bundle=bundle.pk, title=bundle.title)
    return bundle


@transaction.atomic
@override(settings.LANGUAGE_CODE)  # the letter it sends speaks the town's language
def pass_on_bundle(
    *, bundle: QuestionBundle, organisation: Organisation, email: str, note: str = "", by: Actor, at: datetime
) -> QuestionBundle:
    """Pass a bundle on to a colleague or to another organisation. What is answered stays answered."""
    permit(by, "bundle.pass_on", bundle.procedure)
    if not _locked(bundle).with_respondent:
        raise NotPossible(_("Dieses Fragenpaket ist abgegeben und lässt sich nicht mehr weitergeben."))
    # Each time a letter goes to an address somebody typed: a link must not become a way to send mail.
    if passed_on_since(bundle, at - timedelta(days=1)) >= MOST_PASSED_ON_A_DAY:
        raise NotPossible(
            _("Dieses Fragenpaket wurde heute schon mehrmals weitergegeben. Bitte fragen Sie die Koordination.")
        )
    before, bundle.organisation, bundle.email = bundle.organisation, organisation, email
    bundle.edition += 1
    bundle.save(update_fields=["organisation", "email", "edition"])
    record(
        bundle.procedure, "bundle.pass_on", by=by, at=at, bundle=bundle.pk, title=bundle.title,
        before=before.pk, after=organisation.pk, note=note,
    )  # fmt: skip
    send_link(
        bundle,
        subject_line=_("Audit: Fragen für Sie – %s") % bundle.title,
        text=paragraphs(_("%s hat diese Fragen an Sie weitergegeben.") % by.name, note, until(bundle)),
        by=by,
        at=at,
    )
    return bundle
