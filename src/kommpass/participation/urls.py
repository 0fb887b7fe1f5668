"""The address book of this room."""

from django.urls import path

from kommpass.participation.views import cards, definitions, ideas, workshops

app_name = "participation"

urlpatterns = [
    path("", workshops.overview, name="overview"),
    path("workshops/new/", workshops.workshop_new, name="workshop-new"),
    path("workshops/<int:workshop_id>/", workshops.workshop, name="workshop"),
    path("workshops/<int:workshop_id>/edit/", workshops.workshop_edit, name="workshop-edit"),
    path("workshops/<int:workshop_id>/attendance/", workshops.attendance_edit, name="attendance-edit"),
    path("workshops/<int:workshop_id>/minutes/", workshops.minutes_edit, name="minutes-edit"),
    path("workshops/<int:workshop_id>/print/", workshops.workshop_print, name="workshop-print"),
    path("workshops/<int:workshop_id>/cards/", cards.cards_pin, name="cards-pin"),
    path("workshops/<int:workshop_id>/votes/", cards.cards_vote, name="cards-vote"),
    path("cards/<int:card_id>/edit/", cards.card_edit, name="card-edit"),
    path("cards/<int:card_id>/remove/", cards.card_remove, name="card-remove"),
    path("cards/<int:card_id>/idea/", cards.card_to_idea, name="card-to-idea"),
    path("ideas/", ideas.ideas, name="ideas"),
    path("ideas/new/", ideas.idea_new, name="idea-new"),
    path("ideas/<int:idea_id>/", ideas.idea, name="idea"),
    path("ideas/<int:idea_id>/edit/", ideas.idea_edit, name="idea-edit"),
    path("ideas/<int:idea_id>/answer/", ideas.idea_answer, name="idea-answer"),
    path("definition/", definitions.definition, name="definition"),
    path("definition/propose/", definitions.definition_propose, name="definition-propose"),
    path("definition/<int:definition_id>/agree/", definitions.definition_agree, name="definition-agree"),
]
