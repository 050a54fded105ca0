"""Sites and contacts by REST: they belong to a customer that is seen, and a place is a place or none."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from core import tenancy
from customers import actions
from customers.models import Contact, Site
from people.models import Member
from tests import factories as make
from tests.conftest import World
from tests.customers.screens import add, change, read, refused, same_words
from tests.phone import Phone, projection
from tests.rest import API, ids_of, signed_in

pytestmark = pytest.mark.both_databases

HERE = {"latitude": 37.5663, "longitude": 126.9779}
ACCESS = ("access_gate", "access_parking", "access_registration", "access_loading", "access_lunch")


def test_a_site_needs_a_name_only_and_takes_all_that_is_known_of_the_way_in(world: World) -> None:
    bare = add(world.ana, "sites", customer=world.steel.pk, name="Yard").json()
    assert (bare["latitude"], bare["longitude"], bare["geofence_m"], bare["access_gate"]) == (None, None, 150, "")
    notes = {name: f"{name}: ring twice\nand wait" for name in ACCESS}
    full = {**HERE, **notes, "address": "Gate 2", "geofence_m": 300}
    shown = add(world.ana, "sites", customer=world.steel.pk, name="Mill", **full).json()
    assert {name: shown[name] for name in full} == full


def test_sites_and_contacts_are_on_the_phones_of_their_territory(world: World) -> None:
    phones = [Phone(member) for member in (world.ben, world.carl)]
    site = add(world.ana, "sites", customer=world.steel.pk, name="Yard").json()
    contact = add(world.ana, "contacts", customer=world.steel.pk, site=site["id"], name="Ms Park").json()
    change(world.ana, f"contacts/{contact['id']}", title="Director")
    for phone in phones:
        phone.pull()
        assert phone.contents() == projection(phone.member)
    ben, carl = phones
    assert ben.holds("site", site["id"]) == {name: value for name, value in site.items() if name != "rv"}
    held = ben.holds("contact", contact["id"])
    assert held is not None
    assert held["title"] == "Director"
    assert carl.holds("site", site["id"]) is carl.holds("contact", contact["id"]) is None


# --- Places -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"latitude": 91, "longitude": 127}, "out_of_range", "latitude"),
        ({"latitude": -90.0001, "longitude": 127}, "out_of_range", "latitude"),
        ({"latitude": 37, "longitude": 181}, "out_of_range", "longitude"),
        ({"latitude": 10**400, "longitude": 127}, "out_of_range", "latitude"),
        ({"latitude": "37.5", "longitude": 127}, "field_type", "latitude"),
        ({"latitude": True, "longitude": 127}, "field_type", "latitude"),
        ({"latitude": 37}, "bad_location", "latitude"),
        ({"longitude": 127}, "bad_location", "latitude"),
        ({"latitude": 37, "longitude": None}, "bad_location", "latitude"),
        ({"latitude": None, "longitude": 127}, "bad_location", "latitude"),
        ({"latitude": None}, "bad_location", "latitude"),
        ({"latitude": 0, "longitude": 0.0}, "bad_location", "latitude"),
        ({"geofence_m": 19}, "out_of_range", "geofence_m"),
        ({"geofence_m": 5001}, "out_of_range", "geofence_m"),
        ({"geofence_m": 100.5}, "out_of_range", "geofence_m"),
        ({"geofence_m": "100"}, "field_type", "geofence_m"),
        ({"geofence_m": None}, "field_required", "geofence_m"),
        ({"address": "가" * 301}, "too_long", "address"),
        ({"access_gate": "1" * 301}, "too_long", "access_gate"),
        ({"access_lunch": "\x00"}, "bad_characters", "access_lunch"),
        ({"name": ""}, "field_required", "name"),
    ],
)
def test_a_site_that_cannot_be_is_refused_by_field(world: World, values: dict[str, Any], code: str, field: str) -> None:
    """B24, B26, B29, B30 and B35: a shared row takes no impossible place, as a visit's position would be dropped."""
    answer = add(world.ana, "sites", **{"customer": world.steel.pk, "name": "Yard", **values})
    assert refused(answer) == (400, code, field)
    assert refused(change(world.ana, f"sites/{world.gate.pk}", **values)) == (400, code, field)
    assert Site.objects.get().latitude == world.gate.latitude


def test_not_a_number_is_no_json(world: World) -> None:
    """B25."""
    for number in ("NaN", "Infinity", "1e400"):
        body = f'{{"latitude": {number}, "longitude": 127}}'
        answer = signed_in(world.ana).patch(
            f"{API}sites/{world.gate.pk}/", body, content_type="application/json", headers={"If-Match": "*"}
        )
        assert refused(answer)[:2] == (400, "bad_json")


def test_places_at_the_edge_are_places(world: World) -> None:
    for latitude, longitude in ((90, 180), (-90, -180), (0, 127), (37.5, 0)):
        values = {"latitude": latitude, "longitude": longitude, "geofence_m": 5000}
        shown = change(world.ana, f"sites/{world.gate.pk}", **values).json()
        assert {name: shown[name] for name in values} == values


def test_a_place_can_be_taken_back(world: World) -> None:
    shown = change(world.ana, f"sites/{world.gate.pk}", latitude=None, longitude=None).json()
    assert (shown["latitude"], shown["longitude"], shown["name"]) == (None, None, world.gate.name)


# --- Contacts -----------------------------------------------------------------------------------------


def test_a_contact_says_who_it_is_and_what_part_it_plays(world: World) -> None:
    bare = add(world.ana, "contacts", customer=world.steel.pk, name="Mr Oh").json()
    assert (bare["site"], bare["part"], bare["title"]) == (None, "", "")
    full = {
        "title": "부장",
        "department": "구매",
        "honorific": "님",
        "part": "decides",
        "phone": "010-1",
        "email": "p@x.kr",
    }
    shown = add(world.ana, "contacts", customer=world.steel.pk, name="Ms Park", site=world.gate.pk, **full).json()
    assert {name: shown[name] for name in full} == full
    assert shown["site"] == str(world.gate.pk)
    assert change(world.ana, f"contacts/{shown['id']}", site=None, part="", email="").json()["site"] is None


@pytest.mark.parametrize(
    ("values", "status", "code", "field"),
    [
        ({"part": "boss"}, 400, "choice", "part"),
        ({"part": 1}, 400, "field_type", "part"),
        ({"email": "nobody"}, 400, "field_type", "email"),
        ({"email": f"a@{'b' * 250}.kr"}, 400, "too_long", "email"),
        ({"honorific": "1" * 21}, 400, "too_long", "honorific"),
        ({"name": "1" * 81}, 400, "too_long", "name"),
        ({"title": "a\x07"}, 400, "bad_characters", "title"),
        ({"site": "gate"}, 400, "bad_id", "site"),
        ({"site": str(uuid4())}, 404, "not_found", "site"),
    ],
)
def test_a_contact_that_cannot_be_is_refused_by_field(
    world: World, values: dict[str, Any], status: int, code: str, field: str
) -> None:
    known = make.contact(world.steel)
    answer = add(world.ana, "contacts", **{"customer": world.steel.pk, "name": "Mr Oh", **values})
    assert refused(answer) == (status, code, field)
    assert refused(change(world.ana, f"contacts/{known.pk}", **values)) == (status, code, field)
    assert Contact.objects.count() == 1


def test_a_contact_stands_at_a_site_of_its_own_customer(world: World, otto: Member) -> None:
    known, removed = make.contact(world.steel), make.site(world.steel, name="Torn down")
    with make.writing(world.ada) as unit:
        actions.remove(unit, removed)
    with tenancy.acting_in(otto.organization_id):
        theirs = make.site(make.customer(otto.territories.get()))
    expected = {
        make.site(make.customer(world.north)): (404, "not_found", "site"),
        make.site(world.paper): (404, "not_found", "site"),
        removed: (409, "row_deleted", "site"),
        theirs: (404, "not_found", "site"),
    }
    for site, refusal in expected.items():
        values = {"customer": world.steel.pk, "name": "Mr Oh", "site": site.pk}
        assert refused(add(world.ana, "contacts", **values)) == refusal
        assert refused(change(world.ana, f"contacts/{known.pk}", site=site.pk)) == refusal


# --- Whose they are ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("noun", ["sites", "contacts"])
def test_they_hang_on_a_customer_that_is_seen_and_not_removed(world: World, otto: Member, noun: str) -> None:
    """B36: one of another territory or organization, and one that never was, are refused by the same words."""
    gone = make.customer(world.north)
    with make.writing(world.ada) as unit:
        actions.remove_customer(unit, gone)
    with tenancy.acting_in(otto.organization_id):
        theirs = make.customer(otto.territories.get())
    missing = add(world.ana, noun, customer=uuid4(), name="X")
    assert refused(missing) == (404, "not_found", "customer")
    for hidden in (world.paper, theirs):
        assert same_words(add(world.ana, noun, customer=hidden.pk, name="X"), missing)
    assert refused(add(world.ana, noun, customer=gone.pk, name="X")) == (409, "row_deleted", "customer")
    assert same_words(add(world.ada, noun, customer=theirs.pk, name="X"), missing)
    assert add(world.ada, noun, customer=world.paper.pk, name="X").status_code == 201


@pytest.mark.parametrize("noun", ["sites", "contacts"])
def test_reps_and_managers_write_them_and_engineers_and_executives_read(world: World, noun: str) -> None:
    maker: Any = make.site if noun == "sites" else make.contact
    north, south = maker(world.steel, name="N"), maker(world.paper, name="S")
    missing = (404, "not_found", None)
    for member, here, there in (
        (world.ana, None, missing),
        (world.mia, None, missing),
        (world.carl, missing, None),
        (world.jun, (403, "not_permitted", None), (403, "not_permitted", None)),
        (world.eva, (403, "not_permitted", None), (403, "not_permitted", None)),
        (world.ada, None, None),
    ):
        found = [change(member, f"{noun}/{row.pk}", name=f"By {member.name}") for row in (north, south)]
        assert [None if answer.status_code == 200 else refused(answer) for answer in found] == [here, there], member
    assert read(world.jun, f"{noun}/{south.pk}").json()["name"] == "By Ada"


def test_they_are_asked_for_by_customer_and_one_that_is_not_seen_has_none(world: World) -> None:
    site, contact = make.site(world.paper), make.contact(world.paper, part="decides")
    make.contact(world.paper, site=site.pk, part="uses")
    eva, ana = signed_in(world.eva), signed_in(world.ana)
    assert ids_of(eva.get(f"{API}sites/?customer={world.paper.pk}")) == [str(site.pk)]
    assert ids_of(eva.get(f"{API}contacts/?customer={world.paper.pk}&part=decides")) == [str(contact.pk)]
    assert len(ids_of(eva.get(f"{API}contacts/?site={site.pk}"))) == 1
    for address in ("sites/?customer", "contacts/?customer"):
        hidden = ana.get(f"{API}{address}={world.paper.pk}")
        assert same_words(hidden, ana.get(f"{API}{address}={uuid4()}"))
        assert ids_of(hidden) == []
