"""A room's table of cases, run through both doors: REST, and the entries of a phone. Both must say the same.

A room says what each of its kinds needs at least (``Least``); a case says what is different, and what becomes of it.
In arguments and answers ``$name`` is the id of a row of the stage; a name that nobody knows is an id that is free.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from rest_framework.test import APIClient

from core.ids import uuid7
from core.models import Row
from sync.registry import Kind, registry
from sync.rest import texts_of
from tests.conftest import World
from tests.phone import Phone
from tests.rest import API, signed_in

Args = dict[str, Any]


class Stage:
    """What had happened before, by name: rows that a case may speak of are made when they are first named."""

    def __init__(self, world: World, given: str = "nothing") -> None:
        self.world = world
        self._ids: dict[str, UUID] = {}
        getattr(self, f"given_{given}")()

    def given_nothing(self) -> None:
        pass

    def fill(self, value: Any) -> Any:
        """The same value with every ``$name`` in it replaced by the id of that row, as text."""
        if isinstance(value, dict):
            return {name: self.fill(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.fill(inner) for inner in value]
        if isinstance(value, str) and value.startswith("$"):
            return str(self.id(value[1:]))
        return value

    def id(self, name: str) -> UUID:
        """The id behind a name; a name nobody knows is an id that is free."""
        if name not in self._ids:
            row = getattr(self, f"make_{name}", uuid7)()
            self._ids[name] = row.pk if isinstance(row, Row) else row
        return self._ids[name]

    def keep(self, **rows: Row) -> None:
        self._ids |= {name: row.pk for name, row in rows.items()}


@dataclass(frozen=True)
class Least:
    """What a kind needs at least: what must have happened before, its arguments, and who may say it.

    ``address`` is where REST says it, and ``named`` the argument that stands there instead of in the body. ``row`` is
    the row it makes or changes, shape and id, where that is not the argument called as the kind's noun.
    (An edit goes to REST as PATCH with any version; what else becomes of edits is tried elsewhere.)
    """

    given: str
    args: Args
    address: str
    named: str | None = None
    by: str = "ana"
    row: tuple[str, str] | None = None


@dataclass(frozen=True)
class Case:
    claim: str
    kind: str
    args: Args
    given: str
    by: str
    code: str = ""
    params: Args = field(default_factory=dict)
    shows: Args = field(default_factory=dict)
    # Another row the case made or changed: shape, id, and what it shows.
    also: tuple[str, str, Args] | None = None

    @property
    def name(self) -> str:
        return self.claim.encode("ascii", "replace").decode()


@dataclass(frozen=True)
class Room:
    """The kinds of one room. ``shapes`` are those of which no row may change when something is refused."""

    kinds: Sequence[Kind]
    least: Mapping[str, Least]
    stage: Callable[[World, str], Stage]
    shapes: Sequence[str]
    statuses: Mapping[int, str]

    # --- cases ------------------------------------------------------------------------------------------

    def yes(
        self,
        claim: str,
        kind: str,
        shows: Args | None = None,
        *,
        given: str | None = None,
        by: str | None = None,
        also: tuple[str, str, Args] | None = None,
        **args: Any,
    ) -> Case:
        return self._case(claim, kind, args, given, by, shows=shows or {}, also=also)

    def no(
        self,
        code: str,
        claim: str,
        kind: str,
        params: Args | None = None,
        *,
        given: str | None = None,
        by: str | None = None,
        **args: Any,
    ) -> Case:
        """``...`` as an argument leaves it out."""
        return self._case(claim, kind, args, given, by, code=code, params=params or {})

    def wrong(self, kind: str, name: str, value: Any, code: str, **params: Any) -> Case:
        """One argument of the wrong form; the answer names it."""
        shown = "nothing" if value is ... else json.dumps(value)[:44]
        claim = f"{kind} with {name} {shown}"
        return self._case(claim, kind, {name: value}, None, None, code=code, params={"field": name, **params})

    def inside(self, kind: str, name: str, value: Any, inner: str, code: str, **params: Any) -> Case:
        """One field of a nested argument of the wrong form; the answer names both."""
        last = value.get(inner, "left out") if isinstance(value, dict) else value
        claim = f"{kind} with {name}.{inner} {json.dumps(last)[:24]}"
        return self._case(
            claim, kind, {name: value}, None, None, code=code, params={"field": f"{name}.{inner}", **params}
        )

    def _case(self, claim: str, kind: str, args: Args, given: str | None, by: str | None, **values: Any) -> Case:
        least = self.least[kind]
        merged = {name: value for name, value in {**least.args, **args}.items() if value is not ...}
        return Case(claim, kind, merged, given or least.given, by or least.by, **values)

    # --- what is tried ------------------------------------------------------------------------------------

    def require_whole(self, accepted: Sequence[Case], malformed: Sequence[Case], refused: Sequence[Case]) -> None:
        """Every kind is accepted in some case, refused for its form in another and by a rule in a third."""
        names = {kind.name for kind in self.kinds}
        assert names == self.least.keys()
        assert {case.kind for case in accepted} == {case.kind for case in malformed} == names
        assert {case.kind for case in refused} == names
        counted = Counter(case.claim for case in [*accepted, *malformed, *refused])
        assert [claim for claim, count in counted.items() if count > 1] == []

    def phone_says(self, world: World, case: Case) -> None:
        stage = self.stage(world, case.given)
        phone = Phone(getattr(world, case.by))
        entry = self._write(phone, stage, case)
        phone.sync()
        assert heard(phone, entry) == ("applied", None, {})
        self._check_rows(stage, case)

    def rest_says(self, world: World, case: Case) -> None:
        stage = self.stage(world, case.given)
        status, answer = self._ask(signed_in(getattr(world, case.by)), stage, case)
        assert status == (201 if self.least[case.kind].named is None else 200), answer
        self._check_rows(stage, case)
        shows = stage.fill(case.shows)
        assert {name: answer[name] for name in shows} == shows

    def phone_is_refused(self, world: World, cases: Sequence[Case], subtests: pytest.Subtests) -> None:
        """A refusal changes nothing, so all that are refused in one state share a world.

        Each has a phone of its own: what a phone says of a row waits for what it said of it before and is parked.
        """
        stage, before = self._set(world, cases)
        for case in cases:
            phone = Phone(getattr(world, case.by))
            entry = self._write(phone, stage, case)
            phone.sync()
            with subtests.test(case.claim):
                assert heard(phone, entry) == ("parked", case.code, stage.fill(case.params))
        assert self._texts() == before

    def rest_is_refused(self, world: World, cases: Sequence[Case], subtests: pytest.Subtests) -> None:
        stage, before = self._set(world, cases)
        clients = {case.by: signed_in(getattr(world, case.by)) for case in cases}
        for case in cases:
            with subtests.test(case.claim):
                status, answer = self._ask(clients[case.by], stage, case)
                assert (status, answer.get("code")) == (self._status_of(case.code), case.code)
                assert {name: answer.get(name) for name in case.params} == stage.fill(case.params)
        assert self._texts() == before

    def _set(self, world: World, cases: Sequence[Case]) -> tuple[Stage, list[bytes]]:
        """The stage with every row that the cases speak of, and the texts of all rows there."""
        (given,) = {case.given for case in cases}
        stage = self.stage(world, given)
        for case in cases:
            stage.fill([case.args, case.params])
        return stage, self._texts()

    def _write(self, phone: Phone, stage: Stage, case: Case) -> str:
        """An edit says what its writer saw of the fields that it changes: here, what they hold."""
        args = stage.fill(case.args)
        noun = case.kind.split(".")[0]
        if registry.kinds[case.kind].is_edit:
            rows = [json.loads(text) for text in texts_of(noun, ids_in(args.get(noun)), using="default")]
            args["seen"] = {name: row[name] for row in rows for name in args if name in row}
        return phone.write(case.kind, **args)

    def _ask(self, client: APIClient, stage: Stage, case: Case) -> tuple[int, dict[str, Any]]:
        least, args = self.least[case.kind], stage.fill(case.args)
        place = least.address.format(args.pop(least.named)) if least.named else least.address
        say = client.patch if registry.kinds[case.kind].is_edit else client.post
        answer = say(API + place, json.dumps(args), content_type="application/json", headers={"If-Match": "*"})
        return answer.status_code, json.loads(answer.content)

    def _status_of(self, code: str) -> int:
        return next(status for status, codes in self.statuses.items() if code in codes.split())

    def _check_rows(self, stage: Stage, case: Case) -> None:
        noun = case.kind.split(".")[0]
        shape, id = self.least[case.kind].row or (noun, case.args.get(noun, ""))
        check_row(shape, stage.fill(id), stage.fill(case.shows))
        if case.also:
            shape, id, shows = case.also
            check_row(shape, stage.fill(id), stage.fill(shows))

    def _texts(self) -> list[bytes]:
        """Every row of this room as it stands."""
        found: list[bytes] = []
        for shape in self.shapes:
            ids = list(registry.shapes[shape].model.objects.values_list("pk", flat=True))
            found += texts_of(shape, ids, using="default")
        return sorted(found)


def by_state(cases: Iterable[Case]) -> dict[str, list[Case]]:
    """The cases by what must have happened before them."""
    found: dict[str, list[Case]] = {}
    for case in cases:
        found.setdefault(case.given, []).append(case)
    return dict(sorted(found.items()))


def heard(phone: Phone, entry: str) -> tuple[str, str | None, dict[str, Any]]:
    """State, code and parameters of an entry as the phone heard them."""
    answer = phone.settled[entry]
    return answer["state"], answer["code"], answer["params"]


def ids_in(value: Any) -> list[UUID]:
    """The id, when it is one."""
    try:
        return [UUID(value)]
    except (AttributeError, TypeError, ValueError):
        return []


def check_row(shape: str, id: str, shows: Args) -> None:
    (text,) = texts_of(shape, [UUID(id)], using="default")
    row = json.loads(text)
    assert {name: row[name] for name in shows} == shows


# --- What is of the wrong form -----------------------------------------------------------------------------

NO_IDS: tuple[Any, ...] = (
    "12",
    "",
    "0199f9c5-0000-7000-8000-00000000000g",
    "0199f9c5-0000-7000-8000-00000000_000",
    12,
    [],
    {},
)
NO_CLOCK_TIMES: tuple[Any, ...] = ("24:00", "09:60", "9:30", "09:30:00", "T0930", 930)
# Nothing that cannot be stored, and no marks that turn running text around.
NO_TEXTS = ("a\x00b", "a\x07b", "\u202eevil", "a\u2066b", "a\ud800b")
NOT_TEXT: tuple[Any, ...] = (12, True, [], {})
NOT_CHOICES: tuple[Any, ...] = (1, True, [])
NOT_NUMBERS: tuple[Any, ...] = ("12", True, [12])
NOT_ROWS: tuple[Any, ...] = ("here", [37.5, 127.0], 12)
SLIPPED_IN = (
    "is_admin",
    "organization",
    "member",
    "owner",
    "approved",
    "state",
    "flags",
    "received_at",
    "made_at",
    "rv",
)


def slipped_in(room: Room) -> list[Case]:
    """What nobody may set, with every kind that does not have it by right."""
    return [
        room.wrong(kind.name, name, "yes", "field_not_allowed")
        for kind in room.kinds
        for name in SLIPPED_IN
        if name not in kind.form().fields
    ]
