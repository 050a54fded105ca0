"""Everything a phone may say about visits."""

from sync.registry import Kind
from visits import actions
from visits import serializers as forms

KINDS = [
    Kind("visit.plan", forms.PlanInput, actions.plan_visit),
    Kind("visit.cancel", forms.VisitInput, actions.cancel_visit),
    Kind("visit.arrive", forms.ArriveInput, actions.arrive),
    Kind("visit.log", forms.LogInput, actions.log_visit),
    Kind("visit.amend", forms.AmendInput, actions.amend_visit),
    Kind("visit.withdraw", forms.WithdrawInput, actions.withdraw_visit),
    Kind("commitment.make", forms.MakeCommitmentInput, actions.make_commitment),
    Kind("commitment.keep", forms.KeepCommitmentInput, actions.keep_commitment),
    Kind("commitment.move", forms.MoveCommitmentInput, actions.move_commitment),
    Kind("comment.add", forms.AddCommentInput, actions.add_comment),
    Kind("comment.withdraw", forms.WithdrawCommentInput, actions.withdraw_comment),
]
