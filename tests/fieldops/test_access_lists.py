"""What is inside a list: nothing of another organization, nothing of a territory that the reader does not see.

The expectation is written by hand, and not by asking ``seen_by`` again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from uuid import UUID

import pytest

from fieldops.urls import router
from people.models import Member
from tests.fieldops.access.rooms import REST
from tests.fieldops.access.rows import read
from tests.fieldops.knocking import fill
from tests.fieldops.scene import MEMBERS, OUR_MARK, THEIR_MARK, Ids, Scene
from tests.phone import Phone
from tests.rest import ids_of

pytestmark = pytest.mark.both_databases

# North: what Ana did at the steel works. South: what Carl did at the paper mill. All: what everybody may know.
NORTH = {
    "customers": {"steel"},
    "sites": {"gate", "main_gate"},
    "contacts": {"park"},
    "assets": {"press"},
    "visits": {"planned", "visit", "arrived", "outing"},
    "commitments": {"promise", "owed"},
    "comments": {"remark"},
    "conflicts": {"conflict"},
    "needs": {"unsorted"},
    "tallies": {"unsorted"},
    "voices": {"voice", "accepted_voice", "merged_voice", "built_voice", "unsorted_voice", "observation"},
    "askings": {"asking", "closed_asking"},
    "answers": {"answer"},
    "replies": {"reply"},
    "tickets": {"ticket", "waiting", "solved", "closed", "unexplained", "doubted", "late"},
    "causes": {"cause", "finding"},
    "messages": {"message", "closed_message"},
    "helps": {"help"},
    "sla_policies": {"policy"},
}
HEARD = ("needs", "tallies", "voices", "askings", "answers", "replies")
OPENED = ("tickets", "causes", "messages", "helps", "sla_policies")
SOUTH = {
    "customers": {"paper"},
    "sites": {"paper_mill"},
    "contacts": {"paper_contact"},
    "assets": {"paper_asset"},
    "visits": {"paper_visit", "paper_outing"},
    "commitments": {"paper_promise", "paper_owed"},
    "comments": {"paper_remark"},
    "conflicts": {"paper_conflict"},
    **{noun: {f"paper_{name}" for name in NORTH[noun]} for noun in (*HEARD, *OPENED)},
}
# Needs that were sorted are for everybody.
SORTED = {f"{place}{name}" for place in ("", "paper_") for name in ("need", "accepted", "merged", "built")}
ALL = {
    "organizations": {"organization"},
    "teams": {"team"},
    "territories": {"north", "south", "later"},
    "products": {"pump"},
    "moves": {"move"},
    "themes": {"theme", "paper_theme"},
    "needs": SORTED,
    "tallies": SORTED,
    "chips": {f"{place}{name}" for place in ("", "paper_") for name in ("category", "worn", "seal")},
    "business_calendars": {f"{place}{name}" for place in ("", "paper_") for name in ("calendar", "hours")},
    "questions": {f"{place}{name}" for place in ("", "paper_") for name in ("question", "answered_question")},
}
# Phones and what is parked of them: of one's own, and of whom one answers for. Who answers for nobody has no list.
PHONES = {"ana": {"phone"}, "mia": {"phone"}, "ada": {"phone"}}
PARKED = {"mia": {"parked"}, "ada": {"parked"}}
# Whoever asks to come along, and whoever is asked.
JOININGS = {"ana": {"joining"}, "carl": {"paper_joining"}, "jun": {"joining", "paper_joining"}}
SEES = {
    "ana": (NORTH,),
    "mia": (NORTH,),
    "carl": (SOUTH,),
    "jun": (NORTH, SOUTH),
    "eva": (NORTH, SOUTH),
    "ada": (NORTH, SOUTH),
}


def names_of(scene: Scene, ids: list[str]) -> set[str]:
    """What a list's rows are called in the scene; an id that has no name is told as it is."""
    known = {str(id): name for name, id in scene.ours.items()}
    return {known.get(id, id) for id in ids}


def expected(member: str, noun: str) -> set[str]:
    return set().union(*(part.get(noun, set()) for part in (*SEES[member], ALL)))


def test_every_list_has_its_expectation() -> None:
    others = {"members", "phones", "parked", "joinings", "notifications", "preferences"}
    assert {prefix for prefix, _, _ in router.registry} == {*ALL, *NORTH, *others}
    assert NORTH.keys() == SOUTH.keys()


@pytest.mark.parametrize("member", MEMBERS)
def test_a_list_holds_what_its_reader_sees_and_nothing_else(scene: Scene, member: str) -> None:
    for noun in (*ALL, *NORTH):
        found = names_of(scene, ids_of(scene.ask(member, "GET", f"/api/v1/{noun}/?limit=200")))
        assert found == expected(member, noun), noun


@pytest.mark.parametrize("member", MEMBERS)
def test_phones_and_parked_entries_are_listed_for_whoever_answers_for_them(scene: Scene, member: str) -> None:
    for noun, seen in (("phones", PHONES), ("parked", PARKED)):
        answer = scene.ask(member, "GET", f"/api/v1/{noun}/")
        found = {row["id"] for row in answer.json().get("results", ())}
        assert found == {scene.ours[name] for name in seen.get(member, set())}, noun


@pytest.mark.parametrize("member", MEMBERS)
def test_who_asks_to_come_along_is_between_the_two_of_them(scene: Scene, member: str) -> None:
    found = names_of(scene, ids_of(scene.ask(member, "GET", "/api/v1/joinings/")))
    assert found == JOININGS.get(member, set())


def test_everybody_has_their_own_notifications_and_preferences(scene: Scene) -> None:
    told = set()
    for member in MEMBERS:
        own = str(getattr(scene.world, member).pk)
        rows = scene.ask(member, "GET", "/api/v1/notifications/?limit=200").json()["results"]
        assert {row["member"] for row in rows} <= {own}
        told |= {member} if rows else set()
        set_by = ids_of(scene.ask(member, "GET", "/api/v1/preferences/"))
        assert set_by == ([own] if member in {"ana", "carl"} else [])
    assert told == {"ana", "carl", "jun"}  # who heard it, and who asked and was answered


def test_a_removed_row_is_in_no_list_and_behind_no_address(scene: Scene) -> None:
    for noun in ("customer", "site", "contact", "asset", "product", "theme"):
        id = scene.ours[f"removed_{noun}"]
        for member in MEMBERS:
            assert str(id) not in ids_of(scene.ask(member, "GET", f"/api/v1/{noun}s/?limit=200"))
            assert scene.ask(member, "GET", f"/api/v1/{noun}s/{id}/").status_code == 404


# --- Marks: what the other organization wrote never shows ------------------------------------------------

# Ways to ask for more than one should get, beside every address of the table.
DIGGING = [
    f"customers/?q={THEIR_MARK}",
    f"customers/?external_id={THEIR_MARK}",
    f"customers/?segment={THEIR_MARK}",
    f"products/?code={THEIR_MARK}",
    f"assets/?q={THEIR_MARK}",
    f"assets/?tag={THEIR_MARK[-6:]}",
    "customers/?ordering=organization__name",
    "visits/?organization={organization}",
    "visits/?customer__organization={organization}",
    "visits/?territory={north}",
    "comments/?visit__note__icontains=M",
    "members/?user__email__icontains=mark",
    "visits/?since=2000-01-01T00:00:00Z&limit=100000",
]


def asked(scene: Scene, actor: str, theirs: Ids) -> Iterator[tuple[str, str]]:
    """(what was asked, everything that was answered) for every address that reads, with ids of both."""
    for row in (row for row in read(REST) if row.method == "GET"):
        for address in dict.fromkeys(fill(row.address, ids) for ids in (scene.ours, theirs)):
            answer = scene.ask(actor, "GET", f"/{address}")
            yield row.name, f"{answer.content.decode()} {answer.headers}"
    for query in DIGGING:
        answer = scene.ask(actor, "GET", f"/api/v1/{fill(query, theirs)}")
        yield query, f"{answer.content.decode()} {answer.headers}"


def ids_in(rows: Ids) -> list[str]:
    """Those that cannot stand anywhere by chance, as the small numbers of phones can."""
    return [str(id) for id in rows.values() if isinstance(id, UUID)]


def pulled(member: Member) -> str:
    """All that a phone holds after its first sync, and how it came."""
    phone = Phone(member)
    page = phone.pull_page()
    phone.pull()
    return json.dumps(page) + str(phone.contents())


@pytest.mark.parametrize("actor", MEMBERS)
def test_no_member_ever_reads_a_word_or_an_id_of_the_other_organization(
    scene: Scene, actor: str, caplog: pytest.LogCaptureFixture
) -> None:
    foreign = [THEIR_MARK, THEIR_MARK.lower(), *ids_in(scene.theirs)]
    for name, answer in asked(scene, actor, scene.theirs):
        assert [word for word in foreign if word in answer and word not in name] == [], name
    held = pulled(getattr(scene.world, actor))
    assert [word for word in foreign if word in held] == []
    assert THEIR_MARK not in caplog.text


def test_nor_does_the_administrator_over_there_read_a_word_of_ours(scene: Scene) -> None:
    """And the marks are really there to be read: their own administrator reads them."""
    own = ids_in(scene.ours)
    mirrored = Scene(scene.world, scene.olga, {"olga": scene.olga.user}, scene.theirs, scene.ours)
    for name, answer in asked(mirrored, "olga", scene.ours):
        assert OUR_MARK not in answer, name
        assert [id for id in own if id in answer] == [], name
    held = pulled(scene.olga)
    assert OUR_MARK not in held
    assert held.count(THEIR_MARK) > 10
