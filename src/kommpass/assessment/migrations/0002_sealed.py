"""What was submitted, judged and decided stays; and a member who is recused cannot judge, whoever asks."""

from django.db import migrations

from kommpass.municipalities.sealing import guard, seal

RECUSED = "Kommpass: Dieses Mitglied ist befangen"
OF_THE_SEAT = """EXISTS (SELECT 1 FROM assessment_recusal r JOIN assessment_seat s ON s.case_id = r.case_id
 AND s.reviewer_id = r.reviewer_id WHERE s.id = NEW.seat_id)"""
OF_THE_CASE = "EXISTS (SELECT 1 FROM assessment_recusal r WHERE r.case_id = NEW.case_id AND r.reviewer_id = {who})"
OF_THE_OBJECTION = """EXISTS (SELECT 1 FROM assessment_recusal r
 JOIN assessment_reviewdecision d ON d.case_id = r.case_id
 JOIN assessment_objection o ON o.decision_id = d.id
 WHERE o.id = NEW.objection_id AND r.reviewer_id = NEW.by_id)"""


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial")]

    operations = [
        *(
            seal(f"assessment_{table}")
            for table in (
                "auditorreport",
                "submission",
                "completenesscheck",
                "seat",
                "recusal",
                "review",
                "consensus",
                "factualanswer",
                "reviewdecision",
                "condition",
                "conditionreport",
                "conditioncheck",
                "release",
                "objection",
                "objectionanswer",
            )
        ),
        guard("assessment_seat", "recused", OF_THE_CASE.format(who="NEW.reviewer_id"), RECUSED),
        guard("assessment_reviewdraft", "recused", OF_THE_SEAT, RECUSED, verbs=("INSERT", "UPDATE")),
        guard("assessment_review", "recused", OF_THE_SEAT, RECUSED),
        guard("assessment_consensus", "recused", OF_THE_CASE.format(who="NEW.by_id"), RECUSED),
        guard("assessment_reviewdecision", "recused", OF_THE_CASE.format(who="NEW.by_id"), RECUSED),
        guard("assessment_objectionanswer", "recused", OF_THE_OBJECTION, RECUSED),
    ]
