"""What a phone shows while an entry waits is what the server will say: the same files are run by both sides.

static/src/overlay/fixtures.test.ts lays the entry of each file over its rows; here the server takes it in.

Of a file: ``ground`` names rows that many files share, ``gone`` the rows that are no longer there, and ``unforeseen``
the nouns that change as well and that a phone leaves to the server here.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine

from core import clock, tenancy
from customers.models import Asset
from needs.models import Joining, Milestone, Need, Reply, Tally, Theme
from notices.models import Notification, Preference
from people.models import Member, User
from sync.models import Counter, RowText
from sync.registry import registry
from tests import factories as make
from tests.fieldops.scene import undone
from tests.lamps import is_made_up
from tests.phone import Phone
from tickets.models import Alarm, Cause, Step, Ticket
from visits.models import Commitment, Visit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

Json = dict[str, Any]
Rows = dict[tuple[str, str], Json]

FOLDER = Path(__file__).parent.parent / "fixtures" / "overlay"


def _read(path: Path) -> Json:
    found: Json = json.loads(path.read_text())
    shared = json.loads((FOLDER / "ground" / f"{found['ground']}.json").read_text()) if "ground" in found else {}
    found["base"] = {noun: shared.get(noun, []) + found["base"].get(noun, []) for noun in {**shared, **found["base"]}}
    if isinstance(found["actor"], str):
        found["actor"] = next(one for one in found["base"]["member"] if one["id"] == found["actor"])
    return found


FIXTURES: dict[str, Json] = {path.stem: _read(path) for path in sorted(FOLDER.glob("*.json"))}
# What a theme adds up from its needs: it changes with entries that do not name the theme.
SUMS = {"needs", "customers"}
# What only the server can know.
HIDDEN = {"flags", "skew_s", "received_at"} | SUMS
# By the server's clock: a phone knows that it happened.
SERVER_TIMES = {"closed_at", "read_at"}
# Of a step, which is a part of its ticket, only the server can know these.
STEP_HIDDEN = {"id", "counts_at", "skew_s", "received_at"}
# Added up by the server alone.
ADDED_UP = "tally"
# The made-up noun of the tests, and what is said about entries themselves: neither changes rows that a screen shows.
WITHOUT_OVERLAY = "entry."
FACTS = (
    "visit",
    "commitment",
    "comment",
    "theme",
    "need",
    "tally",
    "voice",
    "question",
    "asking",
    "answer",
    "joining",
    "reply",
    "notification",
    "preference",
    "cause",
    "ticket",
    "message",
    "help",
)
# What an entry may take off every phone.
REMOVABLE: dict[str, Any] = {"asset": Asset, "theme": Theme}
ON_THE_WAY = timedelta(seconds=1)
REMOVED_AT = "2026-11-23T00:00:00Z"


def _ground_of(fixture: Json) -> dict[str, list[Json]]:
    return {noun: rows for noun, rows in fixture["base"].items() if noun not in FACTS}


KINDS = sorted({fixture["kind"] for fixture in FIXTURES.values()})


# Files that speak of the same people and customers share them; what one writes is taken back.


@pytest.mark.parametrize("kind", KINDS)
def test_the_server_makes_of_an_entry_what_the_phone_showed(kind: str, subtests: pytest.Subtests) -> None:
    cases = {name: fixture for name, fixture in FIXTURES.items() if fixture["kind"] == kind}
    for names in _by_ground(cases):
        with undone(), _among(_ground_of(cases[names[0]])):
            for name in names:
                fixture = cases[name]
                with subtests.test(name), undone(), _when_it_comes_in(fixture):
                    _build({noun: fixture["base"].get(noun, []) for noun in FACTS})
                    _build_removed(fixture)
                    assert _rows() == _keyed(fixture["base"])
                    _take_in(fixture)


def _by_ground(cases: dict[str, Json]) -> list[list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, fixture in cases.items():
        found[json.dumps([_ground_of(fixture), fixture.get("removed")])].append(name)
    return list(found.values())


def _take_in(fixture: Json) -> None:
    phone = Phone(Member.objects.get(pk=fixture["actor"]["id"]))
    before = _rows()
    phone.append(json.dumps(fixture["entry"], ensure_ascii=False))
    phone.sync()
    changed = _foreseen(fixture, {key: fields for key, fields in _rows().items() if _differs(fields, before.get(key))})
    assert _told(fixture, changed) == {
        noun: sorted(map(_timeless, rows), key=_in_order) for noun, rows in fixture["expected"].items()
    }
    assert _gone(before) == fixture.get("gone", {})
    assert phone.answer_to(fixture["entry"]["id"]) == _answer(fixture)
    assert {key: phone.holds(*key) for key in changed} == changed


def _differs(fields: Json, former: Json | None) -> bool:
    return former is None or any(fields[name] != former[name] for name in fields.keys() - SUMS)


def _foreseen(fixture: Json, changed: Rows) -> Rows:
    """Without what a phone leaves to the server: what it adds up, and what others are to hear of."""
    unforeseen = {ADDED_UP, *fixture.get("unforeseen", [])}
    if not fixture["kind"].startswith("notification."):
        unforeseen.add("notification")
    return {key: fields for key, fields in changed.items() if key[0] not in unforeseen}


def _gone(before: Rows) -> dict[str, list[str]]:
    """The texts of rows that were removed are kept: the rows themselves tell."""
    removed = {
        noun: [str(row.pk) for row in model.objects.exclude(deleted_at=None) if (noun, str(row.pk)) in before]
        for noun, model in REMOVABLE.items()
    }
    return {noun: ids for noun, ids in removed.items() if ids}


def _timeless(fields: Json) -> Json:
    return {name: _told_of(name, value) for name, value in fields.items()}


def _told_of(name: str, value: Any) -> Any:
    if name == "steps":
        return [{key: part for key, part in step.items() if key not in STEP_HIDDEN} for step in value]
    return value is not None if name in SERVER_TIMES else value


def _told(fixture: Json, changed: Rows) -> dict[str, list[Json]]:
    """The changed rows as the file tells them: without what only the server knows, the ids of new rows too."""
    found: dict[str, list[Json]] = defaultdict(list)
    for (shape, _), fields in changed.items():
        keys = fixture.get("compare", {}).get(shape) or fields.keys() - HIDDEN
        found[shape].append(_timeless({name: fields[name] for name in keys}))
    return {shape: sorted(rows, key=_in_order) for shape, rows in found.items()}


def _in_order(fields: Json) -> str:
    return json.dumps(fields, sort_keys=True)


def test_every_file_speaks_of_a_member() -> None:
    for name, fixture in FIXTURES.items():
        assert fixture["actor"] in fixture["base"]["member"], name


def test_every_kind_has_a_case_that_changes_rows_and_one_that_changes_none() -> None:
    kinds = {kind for kind in registry.kinds if not kind.startswith(WITHOUT_OVERLAY) and not is_made_up(kind)}
    changing = {name for name, fixture in FIXTURES.items() if fixture["expected"] or "gone" in fixture}
    assert {fixture["kind"] for name, fixture in FIXTURES.items() if name in changing} == kinds
    assert {fixture["kind"] for name, fixture in FIXTURES.items() if name not in changing} == kinds


def test_a_file_is_named_for_the_kind_of_its_entry() -> None:
    for name, fixture in FIXTURES.items():
        assert name.startswith(f"{fixture['kind']}."), name
        assert fixture["entry"]["kind"] == fixture["kind"], name


def test_no_two_files_tell_the_same() -> None:
    told = [
        json.dumps([fixture["actor"]["id"], fixture["base"], fixture.get("removed"), _said(fixture)])
        for fixture in FIXTURES.values()
    ]
    assert len(set(told)) == len(told)


def _said(fixture: Json) -> Json:
    return {name: value for name, value in fixture["entry"].items() if name != "id"}


def _answer(fixture: Json) -> tuple[str, str | None]:
    if "parked" in fixture:
        return "parked", fixture["parked"]
    has_met = any(row.get("choice", "") is None for row in fixture["expected"].get("conflict", ()))
    return ("conflict" if has_met else "applied"), None


def _keyed(rows: dict[str, list[Json]]) -> Rows:
    return {(shape, fields["id"]): fields for shape, found in rows.items() for fields in found}


def _rows() -> Rows:
    """Every row of the organization as the server hands it out."""
    texts = RowText.objects.filter(organization_id=tenancy.require_id())
    return {(text.shape, str(text.row_id)): json.loads(text.text) for text in texts}


# --- The rows of a file ---------------------------------------------------------------------------


@contextmanager
def _among(ground: dict[str, list[Json]]) -> Iterator[None]:
    """The organization of the files, current, with its people and customers."""
    organization_id = UUID(ground["organization"][0]["id"])
    with tenancy.acting_in(organization_id):
        Counter.objects.create(organization_id=organization_id, tag="0" * 16, epoch="0" * 16)
        _build(ground)
        yield


@contextmanager
def _when_it_comes_in(fixture: Json) -> Iterator[None]:
    """A second after the entry was written."""
    written_at = datetime.fromisoformat(fixture["entry"]["at"])
    with time_machine.travel(written_at + ON_THE_WAY, tick=False):
        yield


def _build(rows: dict[str, list[Json]]) -> None:
    """Straight into the tables, ids and all, each row recorded. (Keys are checked when the transaction ends.)"""
    made = [_made(shape, fields) for shape, found in rows.items() for fields in found]
    with make.writing() as unit:
        for row in made:
            unit.record(row)


def _build_removed(fixture: Json) -> None:
    """Rows that no phone holds any more."""
    for shape, rows in fixture.get("removed", {}).items():
        for fields in rows:
            _made(shape, {**fields, "deleted_at": REMOVED_AT})


def _made(shape: str, fields: Json) -> Any:
    """The row behind a shape, with what the shape does not tell: a login, the writer's offset, the closing time."""
    model: Any = registry.shapes[shape].model
    values = _columns(model, fields)
    row = model(**values)
    _complete(row, fields)
    if "made_at" in values:
        row.made_offset = clock.offset_minutes(values["made_at"])
    row.save(force_insert=True)
    for field in model._meta.many_to_many:
        getattr(row, field.name).set(fields[field.name])
    for number, passed in enumerate(fields.get("milestones", []), 1):
        _pass(row, number, passed)
    for number, step in enumerate(fields.get("steps", []), 1):
        _step(row, number, step)
    for alarm in fields.get("alarms", []):
        _alarm(row, alarm)
    return row


def _complete(row: Any, fields: Json) -> None:
    if isinstance(row, Member):
        row.user = User.objects.create(email=f"{row.pk}@example.com")
    elif isinstance(row, Visit | Commitment):
        row.closed_at = None if row.is_open else row.received_at
    elif isinstance(row, Joining):
        row.closed_at = None if row.state in Joining.OPEN_STATES else row.received_at
    elif isinstance(row, Tally):
        row.need_id = row.pk
    elif isinstance(row, Preference):
        row.member_id = row.pk
    elif isinstance(row, Notification):
        row.source = row.row
    elif isinstance(row, Ticket):
        row.closed_at = row.received_at if row.state == Ticket.State.CLOSED or row.is_withdrawn else None
    elif isinstance(row, Cause):
        row.closed_at = row.received_at if row.state == Cause.State.PROVED else None
    elif isinstance(row, Reply):
        passed = Milestone.objects.filter(need=row.need_id, event="stage", stage=fields["stage"])
        row.milestone = passed.latest("number")
        row.closed_at = None if row.is_open else row.received_at


def _pass(need: Need, number: int, passed: Json) -> None:
    """One line of what became of a need."""
    columns = {"other": "other_id", "member": "member_id", "customer": "customer_id"}
    values = {columns.get(name, name): value for name, value in passed.items()}
    values["made_at"] = datetime.fromisoformat(passed["made_at"])
    offset = clock.offset_minutes(values["made_at"])
    Milestone.objects.create(need=need, number=number, made_offset=offset, received_at=need.received_at, **values)


def _step(ticket: Ticket, number: int, step: Json) -> None:
    """One line of what happened to a ticket."""
    offset = clock.offset_minutes(datetime.fromisoformat(step["made_at"]))
    Step.objects.create(ticket=ticket, number=number, made_offset=offset, **_columns(Step, step))


def _alarm(ticket: Ticket, alarm: Json) -> None:
    Alarm.objects.create(ticket=ticket, **_columns(Alarm, alarm))


def _columns(model: Any, fields: Json) -> Json:
    columns = {field.name: field for field in model._meta.concrete_fields}
    return {columns[name].attname: columns[name].to_python(value) for name, value in fields.items() if name in columns}
