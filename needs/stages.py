"""Through which stages a need goes. Pure, and told the same way on the phone (static/src/shapes/need.ts)."""

from __future__ import annotations

from needs.models import Need

Stage = Need.Stage

# What may follow what, when somebody says so. The rest follows from what customers are told and answer.
FOLLOWS: dict[str, frozenset[str]] = {
    Stage.HEARD: frozenset({Stage.CONFIRMED, Stage.ACCEPTED, Stage.DECLINED}),
    Stage.CONFIRMED: frozenset({Stage.ACCEPTED, Stage.DECLINED}),
    Stage.ACCEPTED: frozenset({Stage.BUILT, Stage.DECLINED}),
    Stage.DECLINED: frozenset({Stage.ACCEPTED}),
    Stage.BUILT: frozenset({Stage.ACCEPTED}),
    Stage.SHOWN: frozenset({Stage.ACCEPTED}),
    Stage.SOLVED: frozenset({Stage.ACCEPTED}),
    Stage.NOT_YET: frozenset({Stage.ACCEPTED, Stage.BUILT, Stage.DECLINED}),
}
# Every customer who asked hears of these.
TOLD_TO_CUSTOMERS = frozenset({Stage.BUILT, Stage.DECLINED})
# Whoever asks for something at one of these is owed an answer at once.
ANSWERED = frozenset({Stage.BUILT, Stage.SHOWN, Stage.SOLVED, Stage.NOT_YET, Stage.DECLINED})


def may_follow(stage: str, next_stage: str) -> bool:
    return next_stage in FOLLOWS[stage]


def after_telling(stage: str) -> str:
    """The stage once a customer has been told: what was built has been shown."""
    return Stage.SHOWN if stage == Stage.BUILT else stage


def after_answers(stage: str, *, open: int, solved: int, not_yet: int) -> str:
    """The stage once customers have answered: it is over when all have, and good when all say so.

    What was declined stays declined, whatever customers say to it.
    """
    if stage not in {Stage.BUILT, Stage.SHOWN, Stage.SOLVED, Stage.NOT_YET} or open or not (solved or not_yet):
        return stage
    return Stage.NOT_YET if not_yet else Stage.SOLVED
