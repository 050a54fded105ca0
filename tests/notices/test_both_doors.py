"""One table of cases about notices, run through both doors: REST, and the entries of a phone."""

from __future__ import annotations

from typing import Any

import pytest

from core import tenancy
from core.errors import Code
from core.models import Row
from notices import errors
from notices.entries import KINDS
from notices.models import Notification
from tests import factories as make
from tests.both_doors import NO_CLOCK_TIMES, NOT_CHOICES, Case, Least, Room, by_state, slipped_in
from tests.conftest import World
from tests.visits import stage as visits

pytestmark = pytest.mark.both_databases


class Stage(visits.Stage):
    """Ana was told of something, or has said how she wants to be told."""

    def given_told(self) -> None:
        need = make.need(self.world.ana, self.world.steel)
        self.keep(need=need, note=make.notification(self.world.ana, need))

    def given_told_others(self) -> None:
        need = make.need(self.world.ana, self.world.steel)
        self.keep(note=make.notification(self.world.ben, need))

    def given_set(self) -> None:
        make.preference(self.world.ana, mails={"reply.due": "none"})

    def make_foreign_note(self) -> Row:
        with tenancy.acting_in(self.otto.organization_id):
            customer = make.customer(self.otto.territories.get())
            note: Notification = make.notification(self.otto, make.need(self.otto, customer))
            return note


NOTE, PREFERENCE = ("notification", "$note"), ("preference", "$ana")
LEAST = {
    "notification.read": Least("told", {"notification": "$note"}, "notifications/{}/read/", "notification", row=NOTE),
    "notification.read_all": Least("told", {"until": "$note"}, "notifications/{}/read_all/", "until", row=NOTE),
    "preference.set": Least("nothing", {"digest_at": "08:00"}, "preferences/", row=PREFERENCE),
}
STATUSES = {
    400: "field_required field_not_allowed field_type choice bad_date bad_id unknown_event nothing_changed",
    404: "not_found",
}
ROOM = Room(KINDS, LEAST, Stage, ("notification", "preference"), STATUSES)
yes, no, wrong, inside = ROOM.yes, ROOM.no, ROOM.wrong, ROOM.inside
DEFAULTS: dict[str, Any] = {"mails": {}, "digest_at": "07:30", "quiet_from": "20:00", "quiet_to": "07:00"}

ACCEPTED = [
    yes("what one was told is read", "notification.read", {"event": "need.merged", "member": "$ana", "row": "$need"}),
    yes("everything up to it is read", "notification.read_all", {"event": "need.merged", "member": "$ana"}),
    yes("another time for the digest", "preference.set", {**DEFAULTS, "digest_at": "08:00"}),
    yes(
        "other quiet hours",
        "preference.set",
        {**DEFAULTS, "quiet_from": "12:00", "quiet_to": "13:30"},
        digest_at=...,
        quiet_from="12:00",
        quiet_to="13:30",
    ),
    yes(
        "no quiet hours",
        "preference.set",
        {**DEFAULTS, "quiet_from": None, "quiet_to": None},
        digest_at=...,
        quiet_from=None,
        quiet_to=None,
    ),
    yes(
        "mails for some events",
        "preference.set",
        {**DEFAULTS, "mails": {"joining.asked": "none", "question.answered": "at_once", "reply.due": "digest"}},
        digest_at=...,
        mails={"joining.asked": "none", "question.answered": "at_once", "reply.due": "digest"},
    ),
    yes(
        "what is not said stays",
        "preference.set",
        {**DEFAULTS, "mails": {"reply.due": "none"}, "digest_at": "08:00"},
        given="set",
    ),
    yes(
        "an event more",
        "preference.set",
        {"mails": {"reply.due": "none", "need.stage": "none"}},
        given="set",
        digest_at=...,
        mails={"need.stage": "none"},
    ),
    yes(
        "an event otherwise",
        "preference.set",
        {"mails": {"reply.due": "at_once"}},
        given="set",
        digest_at=...,
        mails={"reply.due": "at_once"},
    ),
]
MALFORMED = [
    *slipped_in(ROOM),
    *[
        wrong("preference.set", name, value, "bad_date")
        for name in ("digest_at", "quiet_from", "quiet_to")
        for value in NO_CLOCK_TIMES
    ],
    wrong("preference.set", "digest_at", None, "field_required"),
    *[
        wrong(kind, "made_at", value, "bad_date")
        for kind in ("notification.read", "notification.read_all")
        for value in ("2026-11-24T09:00:00", "2026-11-24", "today", 12)
    ],
    *[wrong("preference.set", "mails", value, "field_type") for value in ("none", 12, ["none"])],
    *[inside("preference.set", "mails", {"reply.due": value}, "reply.due", "choice") for value in ("never", "")],
    *[inside("preference.set", "mails", {"reply.due": value}, "reply.due", "field_type") for value in NOT_CHOICES],
    no("field_required", "a beginning alone", "preference.set", {"field": "quiet_to"}, quiet_from="12:00"),
    no("field_required", "an end alone", "preference.set", {"field": "quiet_from"}, quiet_to="12:00"),
    no("field_required", "no beginning alone", "preference.set", {"field": "quiet_to"}, quiet_from=None),
    no(
        "field_required",
        "a beginning and no end",
        "preference.set",
        {"field": "quiet_to"},
        quiet_from="12:00",
        quiet_to=None,
    ),
    no(
        "field_required",
        "an end and no beginning",
        "preference.set",
        {"field": "quiet_from"},
        quiet_from=None,
        quiet_to="12:00",
    ),
]
REFUSED = [
    *[
        no("not_found", f"{kind} of {what}", kind, {"field": name}, given=given, **{name: what})
        for kind, name in (("notification.read", "notification"), ("notification.read_all", "until"))
        for what, given in (
            ("$nowhere", "told"),
            ("$foreign_note", "told"),
            ("$need", "told"),
            ("$note", "told_others"),
        )
    ],
    no(
        "unknown_event",
        "mails for what there is not",
        "preference.set",
        {"field": "mails.need.danced"},
        mails={"reply.due": "none", "need.danced": "none"},
    ),
    no("nothing_changed", "nothing said", "preference.set", digest_at=...),
    no("nothing_changed", "no event said", "preference.set", digest_at=..., mails={}),
    no("nothing_changed", "said again", "preference.set", given="set", digest_at=..., mails={"reply.due": "none"}),
    no("nothing_changed", "the defaults again", "preference.set", given="set", digest_at="07:30"),
]
NO = by_state([*MALFORMED, *REFUSED])


def test_every_kind_of_this_room_has_cases_and_no_case_stands_twice() -> None:
    ROOM.require_whole(ACCEPTED, MALFORMED, REFUSED)


def test_every_code_of_this_room_has_a_case() -> None:
    codes = {code.name for code in vars(errors).values() if isinstance(code, Code)}
    assert codes <= {case.code for case in REFUSED}


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case.name)
def test_a_phone_may_say(world: World, case: Case) -> None:
    ROOM.phone_says(world, case)


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case.name)
def test_rest_may_say(world: World, case: Case) -> None:
    ROOM.rest_says(world, case)


@pytest.mark.parametrize("given", NO)
def test_a_phone_is_refused(world: World, given: str, subtests: pytest.Subtests) -> None:
    ROOM.phone_is_refused(world, NO[given], subtests)


@pytest.mark.parametrize("given", NO)
def test_rest_is_refused(world: World, given: str, subtests: pytest.Subtests) -> None:
    ROOM.rest_is_refused(world, NO[given], subtests)
