"""The address book of this room, inside a town."""

from django.urls import path

from kommpass.town_hall.views import hand_over, invitation, links, organisations, overview, persons, settings

app_name = "people"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("invite/", overview.invite, name="invite"),
    path("invitations/<int:invitation_id>/resend/", overview.invitation_resend, name="invitation-resend"),
    path("invitations/<int:invitation_id>/revoke/", overview.invitation_revoke, name="invitation-revoke"),
    path("memberships/<int:membership_id>/end/", persons.membership_end, name="membership-end"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/add/", organisations.organisation_add, name="organisation-add"),
    path("organisations/<int:organisation_id>/", organisations.organisation, name="organisation"),
    path("organisations/<int:organisation_id>/edit/", organisations.organisation_edit, name="organisation-edit"),
    path("organisations/<int:organisation_id>/posts/add/", organisations.post_add, name="post-add"),
    path("posts/<int:post_id>/edit/", organisations.post_edit, name="post-edit"),
    path("posts/<int:post_id>/remove/", organisations.post_remove, name="post-remove"),
    path("links/", links.links, name="links"),
    path("links/<int:link_id>/revoke/", links.link_revoke, name="link-revoke"),
    path("hand-over/", hand_over.hand_over, name="hand-over"),
    path("duties/", persons.my_duties, name="my-duties"),
    path("persons/<int:person_id>/", persons.person, name="person"),
    path("settings/", settings.settings, name="settings"),
    path("settings/town/", settings.town_edit, name="settings-town"),
    path("settings/rules/", settings.rules_edit, name="settings-rules"),
    path("settings/districts/add/", settings.district_add, name="district-add"),
    path("settings/districts/<int:district_id>/", settings.district_edit, name="district-edit"),
]
