"""Organizations share an installation and never see each other: whoever forgets which one it is gets an error."""

from __future__ import annotations

import ast
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from core import tenancy
from core.ids import uuid7
from core.models import TenantManager
from core.tenancy import NoOrganization
from customers.models import Customer, Product, Site
from people.models import Member, Team, Territory
from tests import factories as make
from tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("core", "sync", "people", "notices", "customers", "visits", "needs", "tickets", "fieldops")

# The files that work for every organization at once, each for its reason. core/models.py refers to this list.
EVERYWHERE = {
    "customers/moving.py": "a clock finds what any organization left half way",
    "needs/bell.py": "a clock rings for what any organization still has to be told",
    "needs/coming_along.py": "a clock finds the visits that are over, in any organization",
    "sync/actions.py": "a clock finds what a newer app wrote, in any organization",
    "sync/drain.py": "a worker is told which replica, and learns from it which organization",
    "sync/leases.py": "the same, before it may learn anything",
    "sync/session.py": "a request learns its organization from the login's member",
    "sync/stream.py": "one query looks whether all open streams may go on",
    "sync/sweeper.py": "finds what any organization left lying",
    "tickets/bell.py": "a clock finds the alarms that are due, in any organization",
}
# The plain manager, which asks nobody: used in sight of this list only.
PLAIN = {
    "core/looking.py": "the operator of the installation looks at all rows",
    "core/lookup.py": "the text of a statement, in which the organization is a parameter",
    "fieldops/backups/proof.py": "a backup holds every organization, and so does its proof",
    "fieldops/backups/restoring.py": "the operator is told which organizations would be replaced",
    "fieldops/backups/rows.py": "a backup holds every organization",
    "fieldops/backups/shut_out.py": "whoever is shut out in any organization",
    "people/console_api.py": "an empty query, for the description of the API",
    "sync/rest.py": "an empty query, for the description of the API",
    "sync/stream.py": "logins, which belong to no organization",
}
# Tables of the log. They are read a hundred times for each business row, and every query names the organization.
LOG_TABLES = ("Audit", "Counter", "Effect", "Log", "RowText", "Tick")

HELD = [model for model in apps.get_models() if isinstance(model._meta.managers_map.get("objects"), TenantManager)]


def belongs_to_organization(model: type[models.Model]) -> bool:
    return any(field.name == "organization" for field in model._meta.concrete_fields)


# --- Without an organization ------------------------------------------------------------------------

ASKS: dict[str, Callable[[Any], Any]] = {
    "all": lambda rows: list(rows.all()),
    "first": lambda rows: rows.first(),
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.all().exists(),
    "values": lambda rows: list(rows.values_list("pk")),
    "either of two": lambda rows: list(rows.all() | rows.all()),
    "update": lambda rows: rows.update(organization=None),
    "delete": lambda rows: rows.all().delete(),
}


@pytest.mark.parametrize("model", HELD)
def test_a_query_outside_any_organization_raises(db: None, model: type[models.Model]) -> None:
    for name, ask in ASKS.items():
        with pytest.raises(NoOrganization):
            pytest.fail(f"{name} gave {ask(model.objects)}")  # type: ignore[attr-defined]


def test_a_row_made_outside_any_organization_raises(db: None) -> None:
    with pytest.raises(NoOrganization):
        Product(name="Pump")


def test_finding_one_by_its_id_raises_too(db: None) -> None:
    """This look-up goes around Django's query building."""
    for look_up in (Customer.objects.by_id, lambda id: Customer.objects.find(id, field="customer")):
        with pytest.raises(NoOrganization):
            look_up(uuid7())


def test_what_hangs_on_a_row_is_asked_for_in_its_organization(cast: World) -> None:
    with pytest.raises(NoOrganization):
        list(cast.steel.sites.all())
    with tenancy.acting_in(cast.organization.pk):
        assert list(cast.steel.sites.all()) == [cast.gate]
    with tenancy.acting_in(make.organization().pk):
        assert list(cast.steel.sites.all()) == []


def test_what_a_row_points_at_is_reached_without_asking(cast: World) -> None:
    """A foreign key was written by somebody who was in the organization: following it tells nothing new."""
    site = Site._base_manager.get(pk=cast.gate.pk)
    assert site.customer.territory.name == "North"


# --- Which one it is --------------------------------------------------------------------------------

# As filters and viewsets do it: built while modules load, when nobody works for anybody.
EARLY = Customer.objects.all()
EARLY_NAMES = Territory.objects.order_by("name").values_list("name", flat=True)


@pytest.fixture
def elsewhere(cast: World) -> Any:
    """Another organization, where a customer is called as ours is."""
    other = make.organization("Elsewhere")
    with tenancy.acting_in(other.pk):
        make.customer(make.territory("North"), "Daehan Steel")
    return other


def test_the_organization_is_bound_when_the_query_runs(cast: World, elsewhere: Any) -> None:
    for organization, count in ((cast.organization, 2), (elsewhere, 1), (make.organization(), 0)):
        with tenancy.acting_in(organization.pk):
            found = EARLY.all()
            assert {customer.organization_id for customer in found} <= {organization.pk}
            assert len(found) == EARLY.all().count() == count
    with pytest.raises(NoOrganization):
        EARLY.all().exists()


def test_so_is_that_of_a_query_inside_a_query(cast: World, elsewhere: Any) -> None:
    in_the_north = Customer.objects.filter(territory__in=Territory.objects.filter(name="North"))
    with tenancy.acting_in(elsewhere.pk):
        assert [customer.organization_id for customer in in_the_north.all()] == [elsewhere.pk]
        assert list(EARLY_NAMES.all()) == ["North"]
    with tenancy.acting_in(cast.organization.pk):
        assert [customer.pk for customer in in_the_north.all()] == [cast.steel.pk]
        assert list(EARLY_NAMES.all()) == ["North", "South"]


def test_a_change_to_all_rows_is_one_to_the_rows_of_the_organization(cast: World, elsewhere: Any) -> None:
    with tenancy.acting_in(elsewhere.pk):
        assert Customer.objects.update(memo="Ours") == 1
    assert Customer.everywhere.filter(memo="Ours").count() == 1


def test_a_row_of_another_organization_is_not_found_by_its_id(cast: World, elsewhere: Any) -> None:
    with tenancy.acting_in(elsewhere.pk):
        assert Customer.objects.filter(pk=cast.steel.pk).first() is None
        assert Customer.objects.by_id(cast.steel.pk) is None


def test_a_new_row_belongs_to_the_current_organization(cast: World, elsewhere: Any) -> None:
    with tenancy.acting_in(elsewhere.pk):
        assert Product(name="Pump").organization_id == elsewhere.pk


def test_organizations_are_entered_and_left_like_rooms(cast: World, elsewhere: Any) -> None:
    with tenancy.acting_in(cast.organization.pk):
        with pytest.raises(ZeroDivisionError), tenancy.acting_in(elsewhere.pk):
            raise ZeroDivisionError(tenancy.require_id())
        assert tenancy.require_id() == cast.organization.pk
        with tenancy.acting_in(elsewhere.pk):
            assert tenancy.require_id() == elsewhere.pk
        with tenancy.acting_in(None), pytest.raises(NoOrganization):
            tenancy.require_id()
        assert tenancy.current_id() == cast.organization.pk
    assert tenancy.current_id() is None


def test_a_thread_works_for_nobody_until_it_is_told(cast: World) -> None:
    found: list[Any] = []
    with tenancy.acting_in(cast.organization.pk):
        thread = threading.Thread(target=lambda: found.append(tenancy.current_id()))
        thread.start()
        thread.join()
    assert found == [None]


# --- Nothing is left out ----------------------------------------------------------------------------


def test_every_row_of_an_organization_is_read_through_its_manager() -> None:
    theirs = {model for model in apps.get_models() if belongs_to_organization(model)}
    assert {model.__name__ for model in theirs - set(HELD)} == set(LOG_TABLES)
    for model in HELD:
        assert isinstance(model._default_manager, TenantManager), model
        assert type(model._base_manager) is models.Manager, model  # foreign keys ask nobody


def test_the_tables_of_the_log_are_asked_for_one_organization() -> None:
    asked = [(path, names) for path, text in sources() for names in _asked_by(ast.parse(text))]
    assert len(asked) > 10
    assert [(path, names) for path, names in asked if not names & {"organization", "organization_id"}] == [
        # A counter's key is its organization; a clock and a backup work for all of them, one after the other.
        ("sync/api.py", {"pk"}),
        ("sync/compaction.py", set()),
        ("sync/compaction.py", {"pk"}),
        ("sync/digests.py", {"pk"}),
        ("sync/pull.py", {"pk"}),
        ("sync/stream.py", {"pk"}),
        ("fieldops/backups/making.py", set()),
        ("fieldops/backups/proof.py", set()),
        ("fieldops/backups/proof.py", {"shape"}),
        ("fieldops/backups/restoring.py", set()),
    ]


def _asked_by(tree: ast.AST) -> Iterator[set[str | None]]:
    """The names that the first call on a log table's manager gives values to."""
    manager = re.compile(rf"(?:{'|'.join(LOG_TABLES)})\.objects(?:\.using\(\w+\))?")
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=asked, attr=verb), keywords=given) if verb != "using":
                if manager.fullmatch(ast.unparse(asked)):
                    yield {keyword.arg for keyword in given}


def test_only_listed_files_work_for_every_organization() -> None:
    assert users_of("everywhere") == EVERYWHERE.keys()


def test_only_listed_files_use_the_plain_manager() -> None:
    assert users_of("_base_manager") | users_of("_default_manager") == PLAIN.keys()


def users_of(name: str) -> set[str]:
    """Files of the product that use an attribute of this name."""
    return {path for path, text in sources() if any(_is_use(node, name) for node in ast.walk(ast.parse(text)))}


def _is_use(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == name


def sources() -> Iterator[tuple[str, str]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), path.read_text()


# --- What is unique, is so in its organization ------------------------------------------------------


def _unique_sets(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            yield tuple(constraint.fields)
    yield from (tuple(names) for names in model._meta.unique_together)
    yield from ((field.name,) for field in model._meta.concrete_fields if field.unique and not field.primary_key)


def _is_held(model: type[models.Model], name: str) -> bool:
    """Whether a value of this field is the organization, or a row that can be of one organization only."""
    related = model._meta.get_field(name).related_model
    return name == "organization" or (isinstance(related, type) and (related in HELD or hasattr(related, "member")))


@pytest.mark.parametrize("model", [model for model in apps.get_models() if belongs_to_organization(model)])
def test_no_constraint_tells_of_another_organization(model: type[models.Model]) -> None:
    """Else a refusal would say that somebody else has such a name. (A login belongs to one member.)"""
    for names in _unique_sets(model):
        assert any(_is_held(model, name) for name in names), names


def test_two_organizations_call_their_rows_alike(cast: World) -> None:
    for _ in range(2):
        with tenancy.acting_in(make.organization("Twin").pk):
            make.team("North team")
            make.customer(make.territory("North"), external_id="C-1")
            make.product(name="Pump", code="P-1")
    assert Team.everywhere.filter(name="North team").count() == 3
    assert Member.everywhere.filter(name="Ana").count() == 1
