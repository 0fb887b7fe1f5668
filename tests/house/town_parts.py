"""What is in a town, by room: each part does the real actions and says what fills the addresses of its room."""

from datetime import timedelta

from django.utils import timezone

from kommpass.adapters.documents.example_template import agreement_template
from kommpass.agreement import actions as agreement
from kommpass.agreement.actions.importing import import_plan
from kommpass.agreement.models import StatusEntry
from kommpass.agreement.pending import keep_upload
from kommpass.agreement.preview import Choices, dry_run
from kommpass.audits import actions as audits
from kommpass.bodies import actions as bodies
from kommpass.domain.targets import QualitativeTarget
from kommpass.participation import actions as participation
from kommpass.people.links import token_of
from kommpass.people.models import ContributionLink, Invitation, Membership, User
from kommpass.stocktaking import actions as stocktaking
from kommpass.stocktaking.actions import Said
from kommpass.stocktaking.given import Given
from kommpass.stocktaking.models import Answer
from kommpass.town_hall import actions as people
from kommpass.town_hall.actions.invitations import digest


def the_people(town) -> dict:
    """An organisation with a post and people, a district, an invitation, two contribution links."""
    now, text, deed = timezone.now(), town.text, town.deed
    organisation = people.add_organisation(
        name=text("Jugendamt"), kind="department", email=f"amt{town.rounds}@{town.slug}.example", **deed
    )
    holder = User.objects.create_user(f"leitung{town.rounds}@{town.slug}.example", name=text("Leitung"))
    membership = Membership.objects.create(user=holder, role="contributor", organisation=organisation)
    post = people.add_post(organisation=organisation, title=text("Leitung Jugendamt"), holder=holder, **deed)
    spare = people.add_post(organisation=organisation, title=text("Freie Stelle"), **deed)
    district = people.add_district(name=text("Bezirk"), code=str(town.rounds), **deed)
    token = f"einladung-{town.slug}-{town.rounds}"
    invitation = Invitation.objects.create(
        email=f"neu{town.rounds}@{town.slug}.example", name=text("Neue Person"), role="council_office",
        token_digest=digest(token), invited_by=text("Vera"), invited_at=now, expires_at=now + timedelta(days=14),
    )  # fmt: skip
    audits.name_project_lead(procedure=town.procedure, post=post, **deed)
    audits.sign_contract(procedure=town.procedure, signed_on=now.date(), auditor_name=text("Aude Prüfer"), **deed)
    return {
        "organisation": organisation, "organisation_id": organisation.pk, "membership_id": membership.pk,
        "person_id": holder.pk, "post": post, "post_id": spare.pk, "district": district, "district_id": district.pk,
        "invitation_id": invitation.pk, "invitation/token": token,
    }  # fmt: skip


def link_for(organisation, purpose: str, subject: int = 0) -> ContributionLink:
    now = timezone.now()
    return ContributionLink.objects.create(
        purpose=purpose, organisation=organisation, subject=subject, email="kollegin@amt.example",
        issued_at=now, expires_at=now + timedelta(days=30),
    )  # fmt: skip


def the_stocktaking(town) -> dict:
    """A bundle with an answer, a comment, a strength and an analysis; and a link to it."""
    text, deed, procedure = town.text, town.deed, town.procedure
    organisation = town.values["organisation"]
    first = 4 * (town.rounds - 1)
    keys = [question.key for question in procedure.scheme.questions][first : first + 4]
    bundle = stocktaking.create_bundle(
        procedure=procedure, organisation=organisation, title=text("Fragen"), note=text("Bitte bald"),
        question_keys=keys, due_on=timezone.localdate() + timedelta(days=20), email="amt@amt.example", **deed,
    )  # fmt: skip
    given = Given(kind=Answer.Kind.UNKNOWN, comment=text("Anmerkung"), sources=text("Quelle"), action_needed=True)
    stocktaking.save_answers(bundle=bundle, said={keys[0]: Said(given)}, **deed)
    comment = stocktaking.comment_answer(
        procedure=procedure, question_key=keys[0], text=text("Stimmt das?"), asks=True, **deed
    )
    scheme_field = procedure.scheme.question(keys[0]).field
    place = next(each for each in procedure.fields.all() if scheme_field in each.covers)
    finding = stocktaking.write_finding(
        field=place, kind="need", text=text("Es fehlt an"), question_keys=keys[:1], **deed
    )
    stocktaking.write_analysis(field=place, summary=text("Im Ganzen gut"), **deed)
    link = link_for(organisation, "bundle", bundle.pk)
    return {
        "field": place, "field_id": place.pk, "field/pk": place.pk, "field/number": place.number,
        "bundle/pk": bundle.pk, "question/key": keys[0], "comment/pk": comment.pk, "finding": finding,
        "finding/pk": finding.pk, "link/token": token_of(link), "link_id": link.pk,
    }  # fmt: skip


def the_workshops(town) -> dict:
    """A workshop with attendance and cards, an idea, an agreed wording and the next proposal."""
    text, deed, procedure = town.text, town.deed, town.procedure
    today = timezone.localdate()
    workshop = participation.plan_workshop(
        procedure=procedure, kind="forum", title=text("Forum"), held_on=today, place=text("Rathaus"),
        agenda=text("Ablauf"), groups=["families"], **deed,
    )  # fmt: skip
    participation.write_minutes(workshop=workshop, minutes=text("Protokoll"), **deed)
    participation.record_attendance(workshop=workshop, counts={"families": 20, "youth": 7}, **deed)
    card, _second = participation.pin_cards(
        workshop=workshop, texts=[text("Mehr Spielplätze"), text("Kürzere Wege")], field=town.values["field"], **deed
    )
    idea = participation.write_idea(
        procedure=procedure, text=text("Ein Familienbüro"), source="voice", public=True, **deed
    )
    wording = participation.propose_definition(
        procedure=procedure, text=text("Familie ist"), reason=text("Weil"), **deed
    )
    participation.agree_definition(definition=wording, agreed_on=today, agreed_by=text("Steuerungsgruppe"), **deed)
    following = participation.propose_definition(procedure=procedure, text=text("Familie ist auch"), **deed)
    return {
        "workshop_id": workshop.pk, "card": card, "card_id": card.pk, "idea": idea, "idea_id": idea.pk,
        "definition_id": following.pk,
    }  # fmt: skip


def the_draft(town) -> dict:
    """A goal with two measures, one of them with everything: step, indicator, origin, status, answer of the owner."""
    text, deed, values = town.text, town.deed, town.values
    draft = agreement.open_agreement(procedure=town.procedure, **deed)
    texts = {"preamble": text("Zielsetzung"), "process": text("Weg"), "budget_clause": text("Haushalt")}
    agreement.edit_agreement(agreement=draft, changes=texts, **deed)
    strategic = agreement.add_strategic_goal(agreement=draft, field=values["field"], text=text("Leitziel"), **deed)
    goal = agreement.add_goal(
        agreement=draft, field=values["field"], title=text("Ziel"), description=text("Worum"),
        strategic_goal=strategic, **deed,
    )  # fmt: skip
    measure = agreement.add_measure(goal=goal, changes=_everything_of_a_measure(town), **deed)
    plain = {"title": text("Zweite Maßnahme"), "responsible": values["organisation"], "due": "2028"}
    spare = agreement.add_measure(goal=goal, changes=plain, **deed)
    step = agreement.add_step(measure=measure, title=text("Schritt"), due="2027", **deed)
    target = QualitativeTarget(text=text("spürbar besser"))
    indicator = agreement.add_indicator(measure=measure, name=text("Zufriedenheit"), target=target, **deed)
    origin = agreement.add_origin(measure=measure, finding=values["finding"], **deed)
    agreement.add_origin(goal=goal, card=values["card"], **deed)
    today = timezone.localdate()
    StatusEntry.objects.create(
        measure=measure, label=text("Bericht"), period_from=today, period_until=today, light="green", text=text("Läuft")
    )
    agreement.ask_owners(agreement=draft, organisations=[values["organisation"]], **deed)
    agreement.answer_measure(measure=measure, accepted=True, note=text("Gern"), **deed)
    table = f"Handlungsfeld;Ziel;Maßnahme;Frist\n{values['field'].title};{text('Aus Datei')};{text('Lesung')};2027\n"
    upload = keep_upload(
        agreement=draft, file_name=text("plan.csv"), content=table.encode(), parts=[], mapping=None, **deed
    )
    choices = Choices(responsible=values["organisation"].pk)
    preview = dry_run(
        agreement=draft, file_name=text("plan.csv"), content=table.encode(), choices=choices,
        today=timezone.localdate(),
    )  # fmt: skip
    run = import_plan(preview=preview, **deed)
    template = agreement.upload_template(
        procedure=town.procedure, purpose="agreement", name=text("vorlage.docx"), content=agreement_template(), **deed
    )
    link = link_for(values["organisation"], "measures")
    return {
        "agreement": draft, "strategic-goals/goal_id": strategic.pk, "goals/goal_id": goal.pk, "goal": goal,
        "measure": measure, "measure_id": measure.pk, "spare": spare, "step_id": step.pk,
        "indicator_id": indicator.pk, "origin_id": origin.pk, "own/token": token_of(link),
        "run_id": run.pk, "import/upload_id": upload.pk, "template_id": template.pk,
    }  # fmt: skip


def _everything_of_a_measure(town) -> dict:
    text, values = town.text, town.values
    return {
        "title": text("Familienbüro einrichten"), "description": text("Im Rathaus"), "start": "2026", "due": "2027-06",
        "responsible": values["organisation"], "post": values["post"], "funding": text("Land"), "priority": "hoch",
        "staff_effort": text("halbe Stelle"), "internal_note": text("nur für uns"),
        "partners": [values["organisation"]],
        "districts": [values["district"]], "references": [text("Sportkonzept")], "target_groups": [text("Familien")],
        "cost_once": 1000, "cost_yearly": 500,
    }  # fmt: skip


def the_resolution(town) -> dict:
    """A frozen version on a paper, through two bodies, adopted, recommended, remarked upon; an amendment proposed."""
    text, deed, values = town.text, town.deed, town.values
    today, number = timezone.localdate(), f"{town.slug.upper()}-{town.rounds}"
    council = bodies.add_body(name=text("Rat"), kind="council", authoritative=True, members_count=40, **deed)
    committee = bodies.add_body(name=text("Ausschuss"), **deed)
    meeting = bodies.add_meeting(body=committee, held_on=today + timedelta(days=200), place=text("Saal"), **deed)
    version = agreement.freeze_version(agreement=values["agreement"], reason=text("Für den Rat"), **deed)
    paper = _paper(town, number)
    agreement.table_version(version=version, paper=paper, **deed)
    before = bodies.add_station(paper=paper, body=committee, role="preliminary", meeting_on=today, **deed)
    station = bodies.add_station(paper=paper, body=council, role="decision", meeting_on=today, **deed)
    bodies.record_result(station=before, state="recommended", result_text=text("empfohlen"), manner="majority", **deed)
    decision = bodies.register_decision(
        station=station, decided_on=today, reference=number, result="adopted", wording=text("Der Rat beschließt"),
        manner="unanimous", conditions=[text("unter Haushaltsvorbehalt")], **deed,
    )  # fmt: skip
    agreement.adopt_version(version=version, decision=decision, **deed)
    agreement.recommend_version(version=version, verdict="recommend", text=text("Gut so"), **deed)
    remark = agreement.write_remark(version=version, text=text("Wer zahlt das?"), about="1.1", **deed)
    amendment = agreement.propose_amendment(
        procedure=town.procedure, kind="deadline_shift", measure=values["measure"], changes={"due": "2028"},
        reason=text("Die Stelle war frei"), **deed,
    )  # fmt: skip
    waiting = _paper(town, f"{number}-2")
    open_station = bodies.add_station(
        paper=waiting, body=council, role="decision", meeting_on=today + timedelta(days=30), **deed
    )
    return {
        "body_id": council.pk, "meeting_id": meeting.pk, "paper": waiting, "paper_id": waiting.pk,
        "station_id": open_station.pk, "decision_id": decision.pk, "versions/number": version.number,
        "versions/old": version.number, "compare/new": version.number, "remark_id": remark.pk,
        "amendment_id": amendment.pk, "version": version,
    }  # fmt: skip


def _paper(town, number: str):
    text = town.text
    return bodies.draft_paper(
        procedure=town.procedure, title=text("Zielvereinbarung"), purpose="agreement", reference=number,
        lead=town.values["organisation"], proposed_resolution=text("Der Rat möge"), facts_text=text("Sachverhalt"),
        financial=text("keine"), attachments=text("Anlage"), **town.deed,
    )  # fmt: skip


EVERYTHING = (the_people, the_stocktaking, the_workshops, the_draft, the_resolution)
