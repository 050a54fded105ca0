"""manage.py import_customers: what it is given, what it says, and the list it leaves of every line."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from core import tenancy
from customers.models import Customer
from people.models import Member, Territory
from tests.conftest import World
from tests.customers.files import SAMPLE, SCHOOLS, everything, file_of

pytestmark = pytest.mark.both_databases


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with one good and one bad line."""
    path = tmp_path / "customers.csv"
    path.write_bytes(file_of("C-1,Glass,North", "C-2,,North"))
    return path


def import_customers(path: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("import_customers", str(path), stdout=out, **options)
    return out.getvalue()


def test_it_says_what_became_of_the_lines_and_why_some_were_refused(cast: World, path: Path) -> None:
    assert import_customers(path).splitlines() == [
        "2 lines: 1 created, 0 changed, 0 unchanged, 1 refused",
        "  line 3 refused: name: field_required",
    ]
    assert import_customers(path).startswith("2 lines: 0 created, 0 changed, 1 unchanged, 1 refused\n")


def test_the_schools_go_in_by_a_table_of_columns(cast: World) -> None:
    assert import_customers(SAMPLE, columns=SCHOOLS) == "423 lines: 423 created, 0 changed, 0 unchanged, 0 refused\n"
    with tenancy.acting_in(cast.organization.pk):
        school = Customer.objects.get(external_id="B000008352")
        assert (school.name, school.territory.name) == ("세화여자중학교", "서울특별시강남서초교육지원청")
        assert Territory.objects.count() > 2


def test_a_heading_alone_is_no_mistake(cast: World, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(file_of())
    assert import_customers(empty) == "0 lines: 0 created, 0 changed, 0 unchanged, 0 refused\n"


def test_many_refused_lines_are_counted_and_a_file_names_them_all(cast: World, tmp_path: Path) -> None:
    path, report = tmp_path / "customers.csv", tmp_path / "report.csv"
    path.write_bytes(file_of("C-0,Glass,North", *(f"C-{number},,North" for number in range(1, 31))))
    said = import_customers(path, report=report).splitlines()
    assert said[0] == "31 lines: 1 created, 0 changed, 0 unchanged, 30 refused"
    assert len(said) == 22
    assert said[-1] == "  … and 10 more: --report FILE names them all"
    path.write_bytes(file_of("C-0,Glassworks,South", "C-31,Wood,North", "C-32,,North"))
    import_customers(path, report=report)
    lines = list(csv.reader(io.StringIO(report.read_bytes().decode("utf-8-sig"))))
    assert lines == [
        ["line", "outcome", "fields", "reason"],
        ["2", "changed", "name territory", ""],
        ["3", "created", "", ""],
        ["4", "refused", "", "name: field_required"],
    ]


def test_a_long_import_shows_that_it_goes_on(cast: World, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_bytes(file_of(*(f"C-{number},,North" for number in range(4100))))
    said = import_customers(path).splitlines()
    assert said[:3] == [
        "  2000 lines …",
        "  4000 lines …",
        "4100 lines: 0 created, 0 changed, 0 unchanged, 4100 refused",
    ]


# --- Which organization ------------------------------------------------------------------------------


def test_of_several_organizations_one_must_be_named(cast: World, otto: Member, path: Path) -> None:
    """And the file goes into that one alone."""
    with pytest.raises(CommandError, match="Name the organization: --organization NAME"):
        import_customers(path)
    with pytest.raises(CommandError, match="Name the organization: --organization NAME"):
        import_customers(path, organization="Nobody")
    import_customers(path, organization="Elsewhere")
    import_customers(path, organization=str(cast.organization.pk))
    made = Customer.everywhere.filter(external_id="C-1")
    assert {one.organization_id for one in made} == {otto.organization_id, cast.organization.pk}


def test_without_an_organization_there_is_nowhere_to_put_them(db: None, path: Path) -> None:
    with pytest.raises(CommandError, match=r"manage\.py start_organization makes one"):
        import_customers(path)


# --- What cannot be taken -----------------------------------------------------------------------------


def test_a_file_that_is_not_there_is_said_by_its_name(cast: World, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"No such file.*none\.csv"):
        import_customers(tmp_path / "none.csv")
    with pytest.raises(CommandError, match="Is a directory"):
        import_customers(tmp_path)


def test_a_table_of_columns_that_is_not_there_is_said_by_its_name(cast: World, path: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"none\.toml cannot be read as a table of columns"):
        import_customers(path, columns=tmp_path / "none.toml")


def test_wrong_columns_are_said_and_nothing_is_written(cast: World, path: Path) -> None:
    """B61."""
    with tenancy.acting_in(cast.organization.pk):
        before = everything()
    with pytest.raises(CommandError, match=r"No column for external_id, name, territory\. The file has: 경도"):
        import_customers(SAMPLE)
    with pytest.raises(CommandError, match=r"No column for external_id, name, territory\. The file has: external_id"):
        import_customers(path, columns=SCHOOLS)
    assert everything() == before


def test_a_report_that_cannot_be_written_is_said_after_the_counts(cast: World, path: Path, tmp_path: Path) -> None:
    """The lines are in by then, and what became of them must not be lost."""
    out = io.StringIO()
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_customers", str(path), report=tmp_path / "none" / "report.csv", stdout=out)
    assert out.getvalue().startswith("2 lines: 1 created")
