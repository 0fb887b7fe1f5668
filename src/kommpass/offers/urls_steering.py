"""The address book of steering: the prevention chain and the register of facilities."""

from django.urls import path, re_path

from kommpass.offers.views.steering import matrix, register, transitions

urlpatterns = [
    path("prevention/", matrix.matrix, name="matrix"),
    path("prevention/cell/", matrix.matrix_cell, name="matrix-cell"),
    re_path(r"^prevention/matrix\.(?P<form>csv|xlsx)$", matrix.matrix_file, name="matrix-file"),
    path("prevention/phases/<slug:phase>/", matrix.phase, name="phase"),
    path("prevention/transitions/", transitions.transitions, name="transitions"),
    path("prevention/transitions/new/", transitions.transition_new, name="transition-new"),
    path("prevention/transitions/<int:transition_id>/edit/", transitions.transition_edit, name="transition-edit"),
    path("prevention/transitions/<int:transition_id>/remove/", transitions.transition_remove, name="transition-remove"),
    path("prevention/register/", register.register, name="register"),
    path("prevention/register/rules/new/", register.coverage_new, name="coverage-new"),
    path("prevention/register/rules/<int:rule_id>/edit/", register.coverage_edit, name="coverage-edit"),
    path("prevention/register/rules/<int:rule_id>/remove/", register.coverage_remove, name="coverage-remove"),
]
