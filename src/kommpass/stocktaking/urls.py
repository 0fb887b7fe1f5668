"""The address book of this room."""

from django.urls import path, re_path

from kommpass.stocktaking.views import answering, bundles, export, fields, overview, passed_on

app_name = "stocktaking"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("result/", overview.result, name="result"),
    path("last-round/", overview.prefill, name="prefill"),
    re_path(r"^export\.(?P<form>csv|xlsx)$", export.export, name="export"),
    path("bundle/new/", bundles.bundle_new, name="bundle-new"),
    path("bundle/per-field/", bundles.bundles_per_field, name="bundles-per-field"),
    path("bundle/<int:pk>/", answering.bundle, name="bundle"),
    path("bundle/<int:pk>/remind/", bundles.bundle_remind, name="remind"),
    path("bundle/<int:pk>/return/", bundles.bundle_return, name="return"),
    path("bundle/<int:pk>/close/", bundles.bundle_close, name="close"),
    path("bundle/<int:pk>/pass-on/", bundles.bundle_pass_on, name="pass-on"),
    path("passed-on/", passed_on.passed_on, name="passed-on"),
    path("link/<str:token>/", answering.bundle_by_link, name="by-link"),
    path("link/<str:token>/pass-on/", bundles.bundle_pass_on_by_link, name="by-link-pass-on"),
    path("question/<str:key>/", answering.question, name="question"),
    path("question/<str:key>/comment/", fields.comment_new, name="comment"),
    path("comment/<int:pk>/resolve/", fields.comment_resolve, name="comment-resolve"),
    path("field/<int:pk>/", fields.field, name="field"),
    path("field/<int:pk>/analysis/", fields.analysis, name="analysis"),
    path("field/<int:pk>/accept/", fields.analysis_accept, name="accept"),
    path("field/<int:pk>/finding/", fields.finding_new, name="finding-new"),
    path("field/<int:pk>/finding/from-answer/", fields.finding_from_answer, name="finding-from-answer"),
    path("finding/<int:pk>/", fields.finding, name="finding"),
    path("finding/<int:pk>/remove/", fields.finding_remove, name="finding-remove"),
]
