"""The address book of this room."""

from django.urls import path

from kommpass.assessment.views import announcing, cases, conflicts, judging, overview, submitting

app_name = "assessment"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("report/", submitting.report, name="report"),
    path("submit/", submitting.submit, name="submit"),
    path("submissions/<int:submission_id>/", submitting.submission, name="submission"),
    path("submissions/<int:submission_id>/download.<str:kind>", submitting.download, name="submission-download"),
    path("submissions/<int:submission_id>/check/", submitting.check, name="check"),
    path("submissions/<int:submission_id>/case/", submitting.open_case, name="case-open"),
    path("cases/<int:case_id>/", cases.case, name="case"),
    path("cases/<int:case_id>/seats/", cases.seat, name="seat"),
    path("cases/<int:case_id>/seats/second/", cases.seat, {"second": True}, name="seat-second"),
    path("cases/<int:case_id>/recuse/", cases.recuse, name="recuse"),
    path("cases/<int:case_id>/recuse/member/", cases.recuse_member, name="recuse-member"),
    path("cases/<int:case_id>/review/", judging.review, name="review"),
    path("cases/<int:case_id>/review/draft/", judging.review_draft, name="review-draft"),
    path("cases/<int:case_id>/opinion/", judging.opinion, name="opinion"),
    path("cases/<int:case_id>/decide/", judging.decide, name="decide"),
    path("decisions/<int:review_decision_id>/release/", announcing.release, name="release"),
    path("decisions/<int:review_decision_id>/objection/", announcing.objection, name="objection"),
    path("objections/<int:objection_id>/answer/", judging.objection_answer, name="objection-answer"),
    path("opinions/<int:opinion_id>/", announcing.facts, name="facts"),
    path("conditions/<int:condition_id>/report/", announcing.condition_report, name="condition-report"),
    path("proofs/<int:proof_id>/check/", announcing.proof_check, name="proof-check"),
    path("conflicts/", conflicts.conflicts, name="conflicts"),
    path("conflicts/<int:conflict_id>/end/", conflicts.conflict_end, name="conflict-end"),
]
