"""The input that makes sense in this room."""

from kommpass.people.forms.hand_over import HandOverForm
from kommpass.people.forms.invitations import AcceptForm, InvitationForm
from kommpass.people.forms.organisations import OrganisationForm, PostForm
from kommpass.people.forms.own import ProfileForm
from kommpass.people.forms.town import DistrictForm, RulesForm, TownForm

__all__ = [
    "AcceptForm",
    "DistrictForm",
    "HandOverForm",
    "InvitationForm",
    "OrganisationForm",
    "PostForm",
    "ProfileForm",
    "RulesForm",
    "TownForm",
]
