"""What people can do with an agreement, by subject: draft, own, freeze, decide, amend, import, remark."""

from kommpass.agreement.actions.amending import approve_amendment, propose_amendment, reject_amendment
from kommpass.agreement.actions.deciding import adopt_version, amend_in_council, recommend_version, table_version
from kommpass.agreement.actions.drafting import (
    add_goal,
    add_measure,
    add_strategic_goal,
    drop_goal,
    drop_measure,
    drop_strategic_goal,
    edit_agreement,
    edit_goal,
    edit_measure,
    edit_strategic_goal,
    move_measure,
    open_agreement,
)
from kommpass.agreement.actions.freezing import freeze_version
from kommpass.agreement.actions.owning import answer_measure, ask_owners
from kommpass.agreement.actions.parts import (
    add_indicator,
    add_origin,
    add_step,
    drop_indicator,
    drop_origin,
    drop_step,
)
from kommpass.agreement.actions.remarks import answer_remark, write_remark
from kommpass.agreement.actions.templates import upload_template
from kommpass.agreement.actions.tying import tie_offer, untie_offer

__all__ = [
    "add_goal",
    "add_indicator",
    "add_measure",
    "add_origin",
    "add_step",
    "add_strategic_goal",
    "adopt_version",
    "amend_in_council",
    "answer_measure",
    "answer_remark",
    "approve_amendment",
    "ask_owners",
    "drop_goal",
    "drop_indicator",
    "drop_measure",
    "drop_origin",
    "drop_step",
    "drop_strategic_goal",
    "edit_agreement",
    "edit_goal",
    "edit_measure",
    "edit_strategic_goal",
    "freeze_version",
    "move_measure",
    "open_agreement",
    "propose_amendment",
    "recommend_version",
    "reject_amendment",
    "table_version",
    "tie_offer",
    "untie_offer",
    "upload_template",
    "write_remark",
]
