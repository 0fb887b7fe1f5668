"""The address book of this room."""

from django.urls import path

from kommpass.implementation.views import answering, goals, measures, overview, rounds

app_name = "implementation"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("late/", overview.late, name="late"),
    path("late/<int:measure_id>/propose/", overview.late_propose, name="late-propose"),
    path("rounds/new/", rounds.round_open, name="round-open"),
    path("rounds/take-over/", rounds.take_over, name="take-over"),
    path("rounds/<int:round_id>/", rounds.round_page, name="round"),
    path("rounds/<int:round_id>/ask/", rounds.round_ask, name="round-ask"),
    path("rounds/<int:round_id>/close/", rounds.round_close, name="round-close"),
    path("rounds/<int:round_id>/answer/", answering.own_answer, name="own-answer"),
    path("requests/<int:request_id>/", answering.answer_for, name="answer-for"),
    path("own/", answering.own, name="own"),
    path("answer/<str:token>/", answering.report_by_link, name="by-link"),
    path("measures/<int:measure_id>/", measures.measure, name="measure"),
    path("measures/<int:measure_id>/view/", measures.view_write, name="view-write"),
    path("measures/<int:measure_id>/remark/", measures.remark_write, name="remark-write"),
    path("remarks/<int:status_remark_id>/answer/", measures.remark_answer, name="remark-answer"),
    path("goals/", goals.goals, name="goals"),
    path("goals/<int:goal_id>/judge/", goals.goal_judge, name="goal-judge"),
]
