"""How each row of tests/fixtures/bad_inputs.json is given to the server: B1-B49 of the list of bad inputs, and T1-T7 of
tickets.

The file says what the answer is, and the sentence a person reads of a parked entry in both languages: that half is
looked at by static/src/ui/words/badInputs.test.ts. (Numbers that are missing here belong to orders and prices.)
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize
from uuid import UUID

from core import tenancy
from core.ids import uuid7
from customers import actions as customer_actions
from customers.models import Customer
from people import actions as people_actions
from people.models import Member
from sync import limits
from sync.models import Counter, Tick
from tests import factories as make
from tests.asgi import Answer, Browser
from tests.conftest import World
from tests.phone import Phone
from tests.rest import API, signed_in
from tickets import actions as ticket_actions
from tickets.models import Ticket
from visits.models import Visit

Json = dict[str, Any]
Got = list[Any]  # state and code, or status and code; then the parameters, when there are any
Give = Callable[["Desk"], Got]

PHONE, PULL = "phone", "pull"


@dataclass
class Desk:
    """Ana's phone, and the rows that the table speaks of."""

    world: World
    otto: Member
    ana: Phone = field(init=False)
    browser: Browser = field(init=False)

    def __post_init__(self) -> None:
        self.ana = Phone(self.world.ana)
        self.browser = Browser(self.world.ana.user)
        self.visit = make.logged(self.world.ana, self.world.steel).pk
        self.closed_product = make.product(is_active=False).pk
        self.removed = make.customer(self.world.north)
        with make.writing(self.world.ada) as unit:
            customer_actions.remove_customer(unit, self.removed)
        with tenancy.acting_in(self.otto.organization_id):
            self.foreign: Customer = make.customer(self.otto.territories.get())

    # --- an entry ---------------------------------------------------------------------------------

    def log(self, **args: Any) -> Json:
        """A proper record, but for what is given. ``...`` leaves an argument out."""
        proper = {"visit": uuid7(), "customer": self.world.steel.pk, "outcome": "progress"}
        return {name: value for name, value in {**proper, **args}.items() if value is not ...}

    def say(self, kind: str, args: Json, **outside: Any) -> Got:
        """What the phone hears of an entry."""
        entry = self.ana.write(kind, **args, **outside)
        self.ana.sync()
        return self.heard(entry)

    def say_text(self, change: Callable[[str], str]) -> Got:
        """What it hears of a record whose text was changed on its way."""
        entry = self.ana.write("visit.log", **self.log(minutes=12))
        self.ana.entries[-1] = change(self.ana.entries[-1])
        self.ana.sync()
        return self.heard(entry)

    def heard(self, entry: str) -> Got:
        answer = self.ana.settled[entry]
        params = [answer["params"]] if answer["params"] else []
        return [answer["state"], answer["code"], *params]

    # --- a message --------------------------------------------------------------------------------

    def message(self, name: str, **values: Any) -> Json:
        rest: dict[str, Json] = {
            "hello": {"proto": 1, "app": "1.0.0", "pending": {"count": 0, "max_n": 0}},
            "push": {"proto": 1, "sent_at": "2026-11-24T03:31:00.123Z", "first_n": self.ana.n + 1, "entries": ["{}"]},
            "pull": {"cursor": None},
        }
        return {"org": str(self.world.organization.pk), "replica": self.ana.key, **rest[name], **values}

    def post(self, name: str, shown: str | None = None, **values: Any) -> Got:
        return told(self.browser.post(name, self.message(name, **values)), shown)

    def raw(self, body: bytes, shown: str | None = None, **headers: str) -> Got:
        return told(self.browser.post("push", body, **headers), shown)


def told(answer: Answer, shown: str | None) -> Got:
    """Status and code of an answer, and one of its parameters by name."""
    code = answer.json.get("code")
    return [answer.status, code, *([{shown: answer.json.get(shown)}] if shown else [])]


# --- What some rows need ------------------------------------------------------------------------------


def bomb(megabytes: int = 1000) -> bytes:
    """A gzip stream that unpacks to so many megabytes of spaces, about a thousandth of that in size."""
    pack = zlib.compressobj(9, wbits=31)
    first = pack.compress(b" " * 1_000_000) + pack.flush(zlib.Z_FULL_FLUSH)
    again = pack.compress(b" " * 1_000_000) + pack.flush(zlib.Z_FULL_FLUSH)
    return first + again * (megabytes - 1)


def doubled_key(desk: Desk) -> Got:
    return desk.raw(b'{"proto": 1, "proto": 1}', "offset")


def replica_of_another(desk: Desk) -> Got:
    return desk.post("push", replica=Phone(desk.world.ben).key)


def fork(desk: Desk) -> Got:
    desk.ana.write("visit.log", **desk.log())
    desk.ana.push()
    return desk.post("push", "n", first_n=desk.ana.n, entries=["[]"])


def nothing_to_send(desk: Desk) -> Got:
    before = desk.ana.replica.received_n
    found = desk.post("push", "received_n", entries=[])
    assert found[2] == {"received_n": before}
    return found[:2]


def too_deep(desk: Desk) -> Got:
    text = json.dumps(desk.message("push"))[:-1] + ', "x": ' + "[" * 200 + "]" * 200 + "}"
    return desk.raw(text.encode())


def composed_name(desk: Desk) -> Got:
    """Letters in pieces, as a Mac sends them, are stored whole."""
    found = desk.say(
        "customer.change",
        {"customer": desk.world.steel.pk, "name": normalize("NFD", "강철상회"), "seen": {"name": "Daehan Steel"}},
    )
    assert Customer.objects.get(pk=desk.world.steel.pk).name == normalize("NFC", "강철상회")
    return found


def clock_of(desk: Desk, at: str) -> Got:
    args = desk.log()
    found = desk.say("visit.log", args, at=at)
    return [*found, sorted(Visit.objects.get(pk=args["visit"]).flags)]


def position(desk: Desk, **values: float) -> Got:
    args = {"visit": uuid7(), "customer": desk.world.steel.pk}
    fix = {"latitude": 37.5, "longitude": 127.0, "accuracy": 10.0, "age_s": 1.0, **values}
    found = desk.say("visit.arrive", {**args, "position": fix})
    return [*found, sorted(Visit.objects.get(pk=args["visit"]).flags)]


def upper_case_id(desk: Desk) -> Got:
    id = uuid7()
    found = desk.say("visit.log", desk.log(visit=str(id).upper()))
    assert Visit.objects.filter(pk=id).exists()
    return found


def foreign_id(desk: Desk) -> Got:
    """In the same words as one that is nowhere."""
    missing = desk.say("visit.log", desk.log(customer=uuid7()))
    assert desk.say("visit.log", desk.log(customer=desk.foreign.pk)) == missing
    return missing


def never_made(desk: Desk) -> Got:
    """What is said of a visit whose own entry is parked waits for that one."""
    visit = uuid7()
    made = desk.ana.write("visit.log", **desk.log(visit=visit, customer=uuid7()))
    found = desk.say("visit.amend", {"visit": visit, "note": "More"}, after=[made])
    assert found[2] == {"entry": made}
    return found[:2]


def fact_far_away(desk: Desk) -> Got:
    args = desk.log(customer=desk.world.paper.pk)
    return [*desk.say("visit.log", args), sorted(Visit.objects.get(pk=args["visit"]).flags)]


def switched_off(desk: Desk) -> Got:
    entry = desk.ana.write("visit.log", **desk.log())
    desk.ana.push()
    switch(desk, is_active=False)
    desk.ana.drain()
    switch(desk, is_active=True)
    desk.ana.pull()
    return desk.heard(entry)


def switch(desk: Desk, *, is_active: bool) -> None:
    with make.writing(desk.world.ada) as unit:
        people_actions.change_member(unit, Member.objects.get(pk=desk.world.ana.pk), is_active=is_active)


def supersedes_anothers(desk: Desk) -> Got:
    ben = Phone(desk.world.ben)
    parked = ben.write("visit.log", visit=uuid7(), customer=uuid7(), outcome="progress")
    ben.sync()
    return desk.say("visit.log", desk.log(), supersedes=parked)


def circle(desk: Desk) -> Got:
    first, second = uuid7(), uuid7()
    desk.ana.write("visit.log", id=first, after=[str(second)], **desk.log())
    desk.ana.write("visit.log", id=second, after=[str(first)], **desk.log())
    desk.ana.sync()
    both = [desk.heard(str(id)) for id in (first, second)]
    assert both[0][:2] == both[1][:2]
    return both[0][:2]


def edited_cursor(desk: Desk) -> Got:
    desk.ana.pull()
    assert desk.ana.cursor is not None
    return desk.post("pull", cursor=desk.ana.cursor[:-2] + ("aa" if desk.ana.cursor[-2:] != "aa" else "bb"))


def anothers_cursor(desk: Desk) -> Got:
    ben = Phone(desk.world.ben)
    ben.pull()
    return desk.post("pull", cursor=ben.cursor)


def other_history(desk: Desk) -> Got:
    """The number that the phone stands at has come again with other contents: its tag is another one."""
    desk.ana.pull()
    counter = Counter.objects.filter(pk=desk.world.organization.pk)
    seq, tag = counter.values_list("seq", "tag").get()
    told = Tick.objects.filter(organization=desk.world.organization, seq=seq)
    for rows in (counter, told):
        rows.update(tag="0" * 16)
    found = [200, desk.ana.pull_page()["answer"]]
    for rows in (counter, told):
        rows.update(tag=tag)
    return found


# --- Tickets ------------------------------------------------------------------------------------------


def ticket_of(desk: Desk, **args: Any) -> Got:
    """What a phone hears of a ticket that it opens, and what a reader is told of it besides."""
    outside = {"at": args.pop("at")} if "at" in args else {}
    ticket = uuid7()
    said = {"ticket": ticket, "customer": desk.world.steel.pk, "text": "It leaks"}
    found = desk.say("ticket.open", {**said, **args}, **outside)
    return [*found, sorted(Ticket.objects.get(pk=ticket).flags)]


def of_state(desk: Desk, verb: str, *before: str) -> Got:
    """A verb that does not follow from where others have brought the ticket."""
    ticket = make.ticket(desk.world.ben, desk.world.steel)
    for step in before:
        make.step(desk.world.ben, ticket, step)
    return desk.say(f"ticket.{verb}", {"ticket": ticket.pk})


def closing(desk: Desk, **args: str) -> Got:
    ticket = make.ticket(desk.world.ben, desk.world.steel)
    make.step(desk.world.ben, ticket, "solve")
    return desk.say("ticket.close", {"ticket": ticket.pk, "cause": uuid7(), **args})


def calendar(desk: Desk, shown: str, slots: list[list[int]]) -> Got:
    body = {"id": str(uuid7()), "name": "Hours", "slots": slots}
    answer = signed_in(desk.world.ada).post(f"{API}business_calendars/", body, format="json").json()
    return [answer["status"], answer["code"], {shown: answer[shown]}]


def category_taken_off(desk: Desk) -> Got:
    chip = make.chip("category")
    with make.writing(desk.world.ada) as unit:
        ticket_actions.remove_row(unit, chip)
    return ticket_of(desk, category=chip.pk)


def asset_taken_off(desk: Desk) -> Got:
    asset = make.asset(desk.world.steel)
    with make.writing(desk.world.ada) as unit:
        customer_actions.remove(unit, asset)
    return ticket_of(desk, asset=asset.pk)


def solved_differently(desk: Desk) -> Got:
    """Both see it, and neither solution is lost."""
    ticket = make.ticket(desk.world.ana, desk.world.steel)
    ben = Phone(desk.world.ben)
    ben.write("ticket.solve", ticket=ticket.pk, resolution="A new seal")
    ben.sync()
    found = desk.say("ticket.solve", {"ticket": ticket.pk, "resolution": "Oiled"})
    ben.pull()
    for phone in (desk.ana, ben):
        [held] = phone.all("conflict")
        assert (held["mine"][-1], held["theirs"][-1]) == ("Oiled", "A new seal")
    return found


def edit(customer: UUID, **args: Any) -> Json:
    return {"customer": customer, "seen": dict.fromkeys(args, ""), **args}


SHORT: dict[str, Give] = {
    "B1 an empty body": lambda desk: desk.raw(b"", "offset"),
    "B2 half a message": lambda desk: desk.raw(b'{"proto": 1, "org"', "offset"),
    "B3 a list": lambda desk: desk.raw(b"[]", "offset"),
    "B4 one name twice": doubled_key,
    "B5 no UTF-8": lambda desk: desk.raw(b'{"proto": "\xff"}'),
    "B6 another content type": lambda desk: desk.raw(b"{}", content_type="text/plain"),
    "B7 more than the limit": lambda desk: desk.post("push", "limits", entries=["x" * 60_000] * 17),
    "B8 a bomb": lambda desk: desk.raw(bomb(), content_encoding="gzip"),
    "B8 packed, and cut": lambda desk: desk.raw(gzip.compress(b"{}")[:-6], content_encoding="gzip"),
    "B9 another protocol": lambda desk: desk.post("push", "proto", proto=2),
    "B10 another organization": lambda desk: desk.post("push", org=str(desk.otto.organization_id)),
    "B11 the phone of another": replica_of_another,
    "B12 an unknown phone": lambda desk: desk.post("push", replica="0" * 32),
    "B13 a number from zero": lambda desk: desk.post("push", "field", first_n=0),
    "B13 a negative number": lambda desk: desk.post("push", "field", first_n=-1),
    "B13 half a number": lambda desk: desk.post("push", "field", first_n=1.5),
    "B13 a number that is too large": lambda desk: desk.post("push", "field", first_n=2**63),
    "B14 a gap": lambda desk: desk.post("push", "expected_n", first_n=desk.ana.n + 7),
    "B15 another content under the same number": fork,
    "B16 nothing to send": nothing_to_send,
    "B17 501 entries": lambda desk: desk.post("push", "limits", entries=["x"] * (limits.MAX_ENTRIES + 1)),
    "B18 two hundred levels": too_deep,
    "B19 an unknown kind": lambda desk: desk.say("visit.dance", {}),
    "B20 a newer version": lambda desk: desk.say_text(lambda text: text.replace('"v": 1', '"v": 2')),
    "B21 a version that never was": lambda desk: desk.say_text(lambda text: text.replace('"v": 1', '"v": 0')),
    "B22 a missing field": lambda desk: desk.say("visit.log", desk.log(outcome=...)),
    **{
        f"B23 a field too many: {name}": lambda desk, name=name: desk.say("visit.log", desk.log(**{name: True}))  # type: ignore[misc]
        for name in ("is_admin", "org", "owner", "approved")
    },
    "B24 a text for a number": lambda desk: desk.say("visit.log", desk.log(minutes="12")),
    **{
        f"B25 {number}": lambda desk, number=number: desk.say_text(  # type: ignore[misc]
            lambda text: text.replace('"minutes": 12', f'"minutes": {number}')
        )
        for number in ("NaN", "Infinity", "1e400")
    },
    "B26 minus one minute": lambda desk: desk.say("visit.log", desk.log(minutes=-1)),
    "B26 a billion minutes": lambda desk: desk.say("visit.log", desk.log(minutes=10**12)),
    "B26 a third of a minute": lambda desk: desk.say("visit.log", desk.log(minutes=0.3333)),
    "B26 no minute": lambda desk: desk.say("visit.log", desk.log(minutes=0)),
    "B29 a long text": lambda desk: desk.say("visit.log", desk.log(note="가" * 5_001)),
    "B30 NUL": lambda desk: desk.say("visit.log", desk.log(note="a\x00")),
    "B30 half a letter": lambda desk: desk.say("visit.log", desk.log(note="a\ud800")),
    "B30 turned text": lambda desk: desk.say("visit.log", desk.log(note="a\u202eb")),
    "B31 a name in pieces": composed_name,
    "B32 a day that is none": lambda desk: desk.say("visit.plan", desk.log(outcome=..., planned_for="2024-02-30")),
    "B33 a clock of 1970": lambda desk: clock_of(desk, "1970-01-01T09:00:00+09:00"),
    "B33 a clock of 2100": lambda desk: clock_of(desk, "2100-01-01T09:00:00+09:00"),
    "B34 a time without its zone": lambda desk: desk.say("visit.log", desk.log(), at="2026-11-24T09:00:00"),
    "B35 off the earth": lambda desk: position(desk, latitude=91.0),
    "B35 off the earth eastwards": lambda desk: position(desk, longitude=181.0),
    "B35 nought and nought": lambda desk: position(desk, latitude=0.0, longitude=0.0),
    "B35 more exact than exact": lambda desk: position(desk, accuracy=-1.0),
    "B36 an id that is none": lambda desk: desk.say("visit.log", desk.log(customer="steel")),
    "B36 an id in capitals": upper_case_id,
    "B36 an id of another organization": foreign_id,
    "B37 an edit of a removed row": lambda desk: desk.say("customer.change", edit(desk.removed.pk, memo="Back")),
    "B38 an edit of a row never made": never_made,
    "B39 a closed product": lambda desk: desk.say("visit.log", desk.log(product=desk.closed_product)),
    "B42 a shared field far away": lambda desk: desk.say("customer.change", edit(desk.world.paper.pk, memo="Mine")),
    "B42 a fact far away": fact_far_away,
    "B43 somebody switched off": switched_off,
    "B44 in place of another's": supersedes_anothers,
    "B45 a circle": circle,
    "B46 an edited cursor": edited_cursor,
    "B46 the cursor of another phone": anothers_cursor,
    "B47 the cursor of another history": other_history,
    "B48 no bytes": lambda desk: desk.post("pull", "field", max_bytes=0),
    "B49 an app that is too old": lambda desk: desk.post("hello", "link", proto=0),
    "T1 a ticket of 1970": lambda desk: ticket_of(desk, at="1970-01-01T09:00:00+09:00"),
    "T1 a ticket of 2100": lambda desk: ticket_of(desk, at="2100-01-01T09:00:00+09:00"),
    "T2 taking what is solved": lambda desk: of_state(desk, "take", "solve"),
    "T2 going on with what does not wait": lambda desk: of_state(desk, "resume"),
    "T3 closing without anything": closing,
    "T3 closing without a countermeasure": lambda desk: closing(desk, text="The seal was worn"),
    "T4 a calendar without a working hour": lambda desk: calendar(desk, "field", []),
    "T5 hours that overlap": lambda desk: calendar(desk, "weekday", [[0, 540, 720], [0, 700, 1080]]),
    "T6 a category removed meanwhile": category_taken_off,
    "T6 an asset removed meanwhile": asset_taken_off,
    "T7 two who solved it differently": solved_differently,
}
