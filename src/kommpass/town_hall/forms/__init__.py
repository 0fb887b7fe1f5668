"""The input that makes sense in this room."""

from kommpass.town_hall.forms.hand_over import HandOverForm
from kommpass.town_hall.forms.invitations import AcceptForm, InvitationForm
from kommpass.town_hall.forms.organisations import OrganisationForm, PostForm
from kommpass.town_hall.forms.own import ProfileForm
from kommpass.town_hall.forms.town import DistrictForm, RulesForm, TownForm

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
