"""Replay equals refetch: a phone that pulled every change holds what a new phone is given, and what it must hold.

Whatever an act does that its log does not tell shows here, for every kind, every verb and every shape.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import UTC, datetime

import pytest
import time_machine

from core import clock, tenancy
from fieldops.urls import plural_of
from people.models import Member
from sync.registry import registry
from tests.fieldops.acts.entries import ENTRIES
from tests.fieldops.acts.others import OTHER_ACTS
from tests.fieldops.acts.tried import Act, deed_acts, entry_acts, rest_acts
from tests.fieldops.scene import Scene, undone
from tests.lamps import is_made_up
from tests.phone import Held, Phone, projection
from tests.standing import Standing, everything, seen_by

# Each verb is tried out alone before phones that pull, some for minutes where the machine is busy.
pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.timeout(600)]

Key = tuple[str, str]

ON_NO_PHONE = ("parked", "phones")  # what managers read online
SHAPES = {name for name in registry.shapes if not is_made_up(name)}
KINDS = {name for name in registry.kinds if not is_made_up(name)}


def places_of(member: Member, rows: Iterable[Standing]) -> dict[Key, set[str]]:
    """In which of the streams that the member reads each row is to be held."""
    fresh = Member.objects.get(pk=member.pk)
    readable = registry.streams_of(fresh, clock.month_of(clock.now(), fresh.organization.time_zone))
    return {row.key: set(row.streams & readable) for row in rows if row.streams & readable}


class Watch:
    """Phones of several members. All begin at the head, as they do again when an act is taken back."""

    def __init__(self, scene: Scene, names: Iterable[str]) -> None:
        self.scene = scene
        self.phones = [Phone(getattr(scene.world, name)) for name in names]
        for phone in self.phones:
            phone.pull()

    def try_out(self, act: Act) -> set[str]:
        """Does it, looks at every phone, and takes it back. Returns the shapes in which some phone saw a change."""
        with undone():
            act(self.scene)
            return self.catch_up()

    def catch_up(self) -> set[str]:
        with tenancy.acting_in(self.scene.world.organization.pk):
            standing = everything()
            return {shape for phone in self.phones for shape in _catch_up(_twin(phone), standing)}


def _twin(phone: Phone) -> Phone:
    """The same phone, so that what it pulls leaves the first one at the head."""
    twin = copy(phone)
    twin.rows = {key: Held(held.rv, held.fields, set(held.streams)) for key, held in phone.rows.items()}
    twin.settled = {}
    return twin


def _catch_up(phone: Phone, standing: list[Standing]) -> set[str]:
    before = phone.contents()
    pull_changes(phone)
    fresh = Phone(phone.member)
    fresh.pull()
    assert phone.rows == fresh.rows, phone.member.name  # down to the versions
    assert phone.contents() == seen_by(phone.member, standing), phone.member.name
    assert {key: held.streams for key, held in phone.rows.items()} == places_of(phone.member, standing)
    return {shape for (shape, _), _ in before.items() ^ phone.contents().items()}


def pull_changes(phone: Phone) -> None:
    """To the head, without starting anew: that would prove nothing."""
    page = phone.pull_page()
    assert page["answer"] == "page"
    phone.apply(page)
    if page["more"]:
        phone.pull()


# One of each way to read, and everybody where ways to read change.
SOME = ("ana", "ben", "carl", "mia", "eva")
EVERYBODY = (*SOME, "jun", "ada")


def test_every_verb_by_rest(scene: Scene, subtests: pytest.Subtests) -> None:
    """The table of addresses is whole, so every verb is here; a rep of each territory looks on."""
    watch, touched = Watch(scene, ("ana", "carl")), set[str]()
    for name, (plural, act) in rest_acts().items():
        with subtests.test(name):
            changed = watch.try_out(act)
            assert plural in {*map(plural_of, changed), *ON_NO_PHONE}
            touched |= changed
    assert touched == SHAPES


def test_every_kind_of_entry(scene: Scene, subtests: pytest.Subtests) -> None:
    watch = Watch(scene, SOME)
    for kind, act in entry_acts().items():
        with subtests.test(kind):
            assert kind.split(".")[0] in watch.try_out(act)


def test_every_kind_is_in_one_of_the_tables() -> None:
    assert set(ENTRIES) | {name for name in OTHER_ACTS if name in KINDS} == KINDS


@pytest.mark.parametrize("part", ["customers", "needs", "tickets", "people", "others"])
def test_what_takes_several_steps(scene: Scene, part: str, subtests: pytest.Subtests) -> None:
    watch = Watch(scene, EVERYBODY if part == "people" else SOME)
    acts = OTHER_ACTS if part == "others" else deed_acts(part)
    for claim, act in acts.items():
        with subtests.test(claim):
            watch.try_out(act)


def test_months_pass(scene: Scene) -> None:
    """Nothing is written when a month ends, and yet phones let their oldest month go."""
    watch = Watch(scene, EVERYBODY)
    let_go = {}
    for months in (1, 2, 3, 13):
        with time_machine.travel(_months_later(months), tick=False), undone():
            let_go[months] = watch.catch_up()
    closed = {"visit", "comment", "voice", "asking", "answer", "ticket", "message"}
    assert let_go == {1: set(), 2: closed, 3: closed, 13: closed}


def _months_later(count: int) -> datetime:
    """The middle of a month, counted from the organization's own, where every time zone has the same one."""
    today = clock.today_in("Asia/Seoul")
    year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
    return datetime(year, month + 1, 15, tzinfo=UTC)


def test_what_is_demanded_of_phones_is_the_projection(scene: Scene) -> None:
    with tenancy.acting_in(scene.world.organization.pk):
        standing = everything()
        for name in EVERYBODY:
            member = getattr(scene.world, name)
            assert seen_by(member, standing) == projection(member), name
