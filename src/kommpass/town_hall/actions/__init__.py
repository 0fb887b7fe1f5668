"""What can be done about people and their town: invite, let go, post, send a link, hand over, set up."""

from kommpass.town_hall.actions.hand_over import hand_over
from kommpass.town_hall.actions.invitations import (
    accept_invitation,
    invite_person,
    resend_invitation,
    revoke_invitation,
)
from kommpass.town_hall.actions.links import issue_link, revoke_link
from kommpass.town_hall.actions.memberships import end_membership
from kommpass.town_hall.actions.organisations import (
    add_organisation,
    add_organisations,
    add_post,
    change_organisation,
    change_post,
    remove_post,
)
from kommpass.town_hall.actions.own import change_profile
from kommpass.town_hall.actions.town import add_district, configure_town, rename_district

__all__ = [
    "accept_invitation",
    "add_district",
    "add_organisation",
    "add_organisations",
    "add_post",
    "change_organisation",
    "change_post",
    "change_profile",
    "configure_town",
    "end_membership",
    "hand_over",
    "invite_person",
    "issue_link",
    "remove_post",
    "rename_district",
    "resend_invitation",
    "revoke_invitation",
    "revoke_link",
]
