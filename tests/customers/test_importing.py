"""Taking a file of customers in: by external id, in units, once; and every phone has it as any other change."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import tenancy
from customers import actions
from customers.importing import UNIT_ROWS, UnreadableFile, read_columns
from customers.models import Customer, Site
from people.models import Member, Territory
from people.streams import base, territory_scope
from sync.models import Audit, Counter, Log
from tests import factories as make
from tests.conftest import World
from tests.customers.files import HEADING, SAMPLE, SCHOOLS, everything, file_of, outcomes, take_in
from tests.phone import Phone, projection

pytestmark = pytest.mark.both_databases

FULL = f"{HEADING},segment,phone,memo,address,latitude,longitude"


def customer(external_id: str) -> Customer:
    return Customer.objects.get(external_id=external_id)


def head(world: World) -> int:
    return Counter.objects.get(pk=world.organization.pk).seq


# --- Made, changed, left alone -----------------------------------------------------------------------


def test_a_line_makes_a_customer_with_one_site(world: World) -> None:
    report = take_in(file_of("C-1,Daehan Glass,North,Glass,02-1,Ask Kim,Gate 2,37.5,127", heading=FULL))
    assert outcomes(report) == [(2, "created", "")]
    found = customer("C-1")
    assert (found.name, found.segment, found.phone, found.memo) == ("Daehan Glass", "Glass", "02-1", "Ask Kim")
    assert found.territory == world.north
    site = found.sites.get()
    assert (site.name, site.address, site.latitude, site.longitude) == ("Daehan Glass", "Gate 2", 37.5, 127.0)


def test_the_report_names_the_fields_that_changed(world: World) -> None:
    first = file_of("C-1,Glass,North,A,1,x,Gate,37.5,127", "C-2,Wood,North,B,2,y,Yard,37.6,127", heading=FULL)
    assert take_in(first).counts() == {"created": 2}
    second = file_of("C-1,Glassworks,South,A,1,z,Gate,37.5,127", "C-2,Wood,North,B,2,y,Dock,37.7,128", heading=FULL)
    assert outcomes(take_in(second)) == [
        (2, "changed", "name memo territory"),
        (3, "changed", "address latitude longitude"),
    ]
    assert (customer("C-1").name, customer("C-1").territory) == ("Glassworks", world.south)
    assert (customer("C-2").sites.get().address, customer("C-2").sites.get().latitude) == ("Dock", 37.7)


def test_what_a_line_leaves_empty_stays_as_it_was(world: World) -> None:
    take_in(file_of("C-1,Glass,North,A,1,x,Gate,37.5,127", heading=FULL))
    before = everything()
    assert outcomes(take_in(file_of("C-1,Glass,North,,,,,,", heading=FULL))) == [(2, "unchanged", "")]
    assert outcomes(take_in(file_of("C-1,Glass,North"))) == [(2, "unchanged", "")]
    assert everything() == before


def test_good_lines_go_in_and_refused_ones_are_listed(world: World) -> None:
    """B64 and its like: one wrong line holds up no other."""
    report = take_in(file_of("C-1,Glass,North", "C-2,,North", "C-1,Wood,South", "C-3,Clay,East"))
    assert outcomes(report) == [
        (2, "created", ""),
        (3, "refused", "name: field_required"),
        (4, "refused", "external_id: twice in this file"),
        (5, "created", ""),
    ]
    assert [line.number for line in report.refused()] == [3, 4]
    assert report.counts() == {"created": 2, "refused": 2}
    assert set(Customer.objects.exclude(external_id="").values_list("name", flat=True)) == {"Glass", "Clay"}


def test_only_the_external_id_says_that_two_are_the_same(world: World) -> None:
    """Equal names at equal places are two customers; so is the one of that name that nobody gave an external id."""
    lines = [f"C-{number},Daehan Steel,North,,,,Gate,37.5,127" for number in (1, 2)]
    assert take_in(file_of(*lines, heading=FULL)).counts() == {"created": 2}
    assert Customer.objects.filter(name="Daehan Steel").count() == 3
    assert Site.objects.filter(address="Gate", latitude=37.5).count() == 2


def test_a_customer_made_by_hand_is_known_by_its_external_id(world: World) -> None:
    mine = make.customer(world.north, "Glass", external_id="C-1")
    assert outcomes(take_in(file_of("C-1,Glassworks,North"))) == [(2, "changed", "name site")]
    mine.refresh_from_db()
    assert (mine.name, mine.sites.get().name) == ("Glassworks", "Glassworks")


def test_of_several_sites_the_oldest_is_kept_up_to_date(world: World) -> None:
    take_in(file_of("C-1,Glass,North,,,,Gate,37.5,127", heading=FULL))
    second = make.site(customer("C-1"), name="Depot", address="Depot")
    assert outcomes(take_in(file_of("C-1,Glass,North,,,,Dock,37.5,127", heading=FULL))) == [(2, "changed", "address")]
    assert set(customer("C-1").sites.values_list("address", flat=True)) == {"Dock", "Depot"}
    second.refresh_from_db()
    assert second.address == "Depot"


def test_a_site_that_was_removed_is_made_anew_and_once(world: World) -> None:
    content = file_of("C-1,Glass,North,,,,Gate,37.5,127", heading=FULL)
    take_in(content)
    with make.writing(world.ada) as unit:
        actions.remove(unit, customer("C-1").sites.get())
    assert outcomes(take_in(content)) == [(2, "changed", "site")]
    assert outcomes(take_in(content)) == [(2, "unchanged", "")]
    assert Site.objects.alive().get(customer=customer("C-1")).address == "Gate"


def test_a_removed_customer_does_not_come_back_by_a_file(world: World) -> None:
    """Nor does a territory come into being for a line that was refused."""
    take_in(file_of("C-1,Glass,North"))
    with make.writing(world.ada) as unit:
        actions.remove_customer(unit, customer("C-1"))
    before = everything()
    report = take_in(file_of("C-1,Glass,Nowhere"))
    assert outcomes(report) == [(2, "refused", "row_deleted")]
    assert everything() == before


def test_missing_territories_are_made_and_known_ones_found(world: World) -> None:
    take_in(file_of("C-1,Glass,North", "C-2,Wood,East", "C-3,Clay,East"))
    assert {territory.name for territory in Territory.objects.all()} == {"North", "South", "East"}
    assert customer("C-1").territory == world.north
    assert customer("C-2").territory == customer("C-3").territory


# --- A whole file --------------------------------------------------------------------------------------


def test_the_schools_go_in_once(world: World) -> None:
    """The format of the national list, with the lot as address where there is no road name."""
    columns = read_columns(SCHOOLS)
    report = take_in(SAMPLE.read_bytes(), columns)
    assert report.counts() == {"created": 423}
    schools = Customer.objects.exclude(external_id="")
    assert (schools.count(), Site.objects.filter(customer__in=schools).count()) == (423, 423)
    assert not Site.objects.filter(customer__in=schools, address="").exists()
    assert schools.values("name").distinct().count() < 423
    before = everything()
    assert take_in(SAMPLE.read_bytes(), columns).counts() == {"unchanged": 423}
    assert everything() == before, "the second run wrote something"


def test_a_long_file_goes_in_by_units(world: World) -> None:
    """B63: a number for every 200 lines, written in a few statements each, however many lines are wrong."""
    before = head(world)
    lines = [f"C-{number},Customer {number % 50},Place {number % 7}" for number in range(1, 2001)]
    lines[100:110] = [f"C-{number},{'x' * 201},North" for number in range(10)]
    lines[1999] = lines[0]
    report = take_in(file_of(*lines))
    assert report.counts() == {"created": 1989, "refused": 11}
    assert [line.number for line in report.lines] == list(range(2, 2002))
    assert head(world) == before + 2000 // UNIT_ROWS
    audit = Audit.objects.filter(seq__gt=before)
    assert {(row.verb, row.door, row.member_id) for row in audit} == {("customer.import", "command", None)}
    assert [len(row.rows) for row in audit.order_by("seq")] == [2 * 190 + 7, *[400] * 8, 398]


def cost(lines: list[str]) -> int:
    """How many statements it takes to take these lines in."""
    with CaptureQueriesContext(connection) as queries:
        take_in(file_of(*lines, heading=FULL))
    return len(queries)


def test_a_unit_costs_a_few_statements_however_many_lines_it_has(world: World) -> None:
    lines = [f"C-{number},Customer {number},North,,,,Gate,37.5,127" for number in range(200)]
    changed = [line.replace("Customer", "Company").replace("Gate", "Dock") for line in lines]
    for few, many in ((lines[:5], lines[5:]), (lines[:5], lines), (changed[:5], changed[5:])):
        assert cost(many) <= cost(few) + 5


# --- On phones -----------------------------------------------------------------------------------------------


def test_what_was_taken_in_is_on_the_phones_of_its_territory(world: World) -> None:
    phones = [Phone(member) for member in world.everybody]
    for phone in phones:
        phone.pull()
    take_in(file_of("C-1,Glass,North", "C-2,Wood,East"))
    for phone in phones:
        phone.pull()
        assert phone.contents() == projection(phone.member)
    sees = {phone.member.name: {row["name"] for row in phone.all("site")} for phone in phones}
    assert sees["Ana"] == {"Main gate", "Glass"}
    assert sees["Carl"] == set()
    assert sees["Eva"] == {"Main gate", "Glass", "Wood"}


def test_a_moved_customer_takes_along_all_that_hangs_on_it(world: World) -> None:
    """T21: visits, promises, comments and contacts too go to the other territory's phones, and off the former's."""
    take_in(file_of("C-1,Glass,North"))
    mine = customer("C-1")
    hanging = {
        "site": mine.sites.get(),
        "contact": make.contact(mine),
        "visit": make.logged(world.ana, mine),
        "commitment": make.commitment(world.ana, mine),
    }
    planned = make.planned(world.ben, mine)
    hanging["comment"] = make.comment(world.ben, planned)
    phones = {member: Phone(member) for member in (world.ana, world.ben, world.carl)}
    for phone in phones.values():
        phone.pull()
    assert outcomes(take_in(file_of("C-1,Glass,South"))) == [(2, "changed", "territory")]
    for member, phone in phones.items():
        phone.pull()
        assert phone.contents() == projection(member)
    carl, ben = phones[world.carl], phones[world.ben]
    assert [shape for shape, row in hanging.items() if carl.holds(shape, row.pk) is None] == []
    assert [shape for shape, row in hanging.items() if ben.holds(shape, row.pk)] == ["comment"]  # his own
    assert ben.holds("visit", planned.pk) is not None
    north = Log.objects.filter(stream__startswith=territory_scope(world.north.pk), is_put=True)
    assert not north.filter(row_id__in=[mine.pk, planned.pk, *(row.pk for row in hanging.values())]).exists()
    assert Log.objects.filter(row_id=planned.pk, stream=base(territory_scope(world.south.pk)), is_put=True).exists()


# --- Elsewhere and never --------------------------------------------------------------------------------------


def test_a_file_of_another_organization_touches_nothing_of_ours(world: World, otto: Member) -> None:
    """I8: the same external ids, names and territories are theirs, and stay apart."""
    content = file_of("C-1,Glass,North", "C-2,Wood,South")
    take_in(content)
    ours = Customer.objects.order_by("pk")
    before, seq = list(ours.values()), head(world)
    with tenancy.acting_in(otto.organization_id):
        report = take_in(file_of("C-1,Theirs,North", "C-2,Wood,Far away"))
        assert report.counts() == {"created": 2}
        assert set(Customer.objects.values_list("name", flat=True)) == {"Theirs", "Wood"}
        assert set(Territory.objects.values_list("name", flat=True)) == {"North", "Far away"}
    assert (list(ours.values()), head(world)) == (before, seq)
    assert take_in(content).counts() == {"unchanged": 2}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", file_of('C-1,A,North\nC-2,"B,North')])
def test_a_file_that_cannot_be_read_writes_nothing(world: World, content: bytes) -> None:
    before = everything()
    with pytest.raises(UnreadableFile):
        take_in(content)
    assert everything() == before
