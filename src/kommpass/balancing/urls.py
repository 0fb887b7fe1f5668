"""The address book of the balance and of the next round."""

from django.urls import path

from kommpass.balancing.views import balance, renewing

app_name = "balancing"
urlpatterns = [
    path("", balance.overview, name="overview"),
    path("begin/", balance.begin, name="begin"),
    path("text/", balance.text, name="text"),
    path("goals/<int:goal_id>/", balance.goal, name="goal"),
    path("goals/<int:goal_id>/before/", renewing.goal_before, name="goal-before"),
    path("close/", balance.close, name="close"),
    path("sealed/", balance.sealed, name="sealed"),
    path("sealed.<slug:kind>", balance.download, name="download"),
    path("end/", renewing.end, name="end"),
    path("carry-over/", renewing.carry_over, name="carry-over"),
    path("measures/<int:measure_id>/before/", renewing.measure_before, name="measure-before"),
    path("measures/<int:measure_id>/share/", renewing.share, name="share"),
]
