"""What people can do in the directory."""

from kommpass.offers.actions.asking import ask_due_providers, ask_provider
from kommpass.offers.actions.confirming import confirm_offers
from kommpass.offers.actions.districts import draw_districts, set_boundary
from kommpass.offers.actions.judging import judge_pair, merge_offers, undo_verdict
from kommpass.offers.actions.locating import add_location, change_accessibility, change_location
from kommpass.offers.actions.providing import add_provider, add_providers, change_provider
from kommpass.offers.actions.publishing import end_offer, pause_offer, publish_offer
from kommpass.offers.actions.settling import accept_proposal, decline_proposal, undo_revision
from kommpass.offers.actions.signalling import send_signal, settle_signal
from kommpass.offers.actions.steering import (
    add_coverage_rule,
    add_transition,
    change_coverage_rule,
    change_transition,
    remove_coverage_rule,
    remove_transition,
)
from kommpass.offers.actions.translating import review_text, write_text
from kommpass.offers.actions.writing import add_offer, change_offer

__all__ = [
    "accept_proposal",
    "add_coverage_rule",
    "add_location",
    "add_offer",
    "add_provider",
    "add_providers",
    "add_transition",
    "ask_due_providers",
    "ask_provider",
    "change_accessibility",
    "change_coverage_rule",
    "change_location",
    "change_offer",
    "change_provider",
    "change_transition",
    "confirm_offers",
    "decline_proposal",
    "draw_districts",
    "end_offer",
    "judge_pair",
    "merge_offers",
    "pause_offer",
    "publish_offer",
    "remove_coverage_rule",
    "remove_transition",
    "review_text",
    "send_signal",
    "set_boundary",
    "settle_signal",
    "undo_revision",
    "undo_verdict",
    "write_text",
]
