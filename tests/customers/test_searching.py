"""Searching and filtering customers: by what people remember, in either writing, and only what the asker sees."""

from __future__ import annotations

import unicodedata
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from core import tenancy
from people.models import Member
from tests import factories as make
from tests.conftest import World
from tests.customers.screens import names_of, remove, same_words
from tests.rest import API, signed_in

pytestmark = pytest.mark.both_databases


@pytest.fixture
def ana(world: World) -> APIClient:
    """Who sees two more customers: 강남초등학교 with its site and contact, and 100% Clean."""
    school = make.customer(world.north, "강남초등학교", segment="school", external_id="B-1")
    make.site(school, name="본관", address="서울특별시 서초구 신반포로 56-7")
    make.contact(school, name="박지원")
    make.customer(world.north, "100% Clean_up", segment="cleaning")
    return signed_in(world.ana)


def found(client: APIClient, words: str) -> list[str]:
    return names_of(client, "customers", q=words)


def test_it_looks_into_names_addresses_and_contacts(ana: APIClient) -> None:
    for words in ("강남초등학교", "남초", "신반포로", "박지원", "56-7"):
        assert found(ana, words) == ["강남초등학교"], words
    assert found(ana, "DAEHAN") == found(ana, "steel") == ["Daehan Steel"]
    assert found(ana, "본관") == [], "a site's own name is not looked into"


def test_every_word_must_be_found_but_not_in_one_place(ana: APIClient) -> None:
    assert found(ana, "강남 신반포로 박지원") == ["강남초등학교"]
    assert found(ana, " 박지원   강남 ") == ["강남초등학교"]
    assert found(ana, "강남 Daehan") == []
    assert len(found(ana, "")) == len(found(ana, "   ")) == 3


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_either_writing_finds_it(ana: APIClient, form: str) -> None:
    """B31: what is typed on one system and was written on another."""
    for words in ("강남", "서초구", "박지원"):
        assert found(ana, unicodedata.normalize(form, words)) == ["강남초등학교"]  # type: ignore[arg-type]


def test_signs_of_the_database_are_letters_like_others(ana: APIClient) -> None:
    assert found(ana, "%") == found(ana, "_") == found(ana, "0%") == ["100% Clean_up"]
    assert found(ana, "'") == found(ana, "\\") == found(ana, '"; --') == []


def test_what_was_removed_finds_nothing(world: World, ana: APIClient) -> None:
    site, contact = make.site(world.steel, address="Old mill road"), make.contact(world.steel, name="Mr Former")
    assert found(ana, "mill") == found(ana, "former") == ["Daehan Steel"]
    for address in (f"sites/{site.pk}", f"contacts/{contact.pk}"):
        remove(world.ana, address)
    assert found(ana, "mill") == found(ana, "former") == []
    remove(world.ana, f"customers/{world.steel.pk}")
    assert found(ana, "daehan") == []


def test_only_what_is_seen_is_found(world: World, ana: APIClient, otto: Member) -> None:
    make.site(world.paper, address="Riverside")
    with tenancy.acting_in(otto.organization_id):
        theirs = make.customer(otto.territories.get(), "Riverside Steel")
        make.site(theirs, address="Riverside")
    assert found(ana, "riverside") == found(ana, "hanil") == []
    assert found(signed_in(world.eva), "riverside") == ["Hanil Paper"]


def test_a_search_of_endless_words_is_refused(ana: APIClient) -> None:
    """Each word is a search of its own: a thousand of them would keep the database busy for a minute."""
    assert ana.get(f"{API}customers/", {"q": "a " * 101}).status_code == 400
    assert ana.get(f"{API}customers/", {"q": "\x00"}).status_code == 400
    assert found(ana, "a" * 200) == []


def test_customers_can_be_asked_for_by_territory_segment_and_external_id(world: World, ana: APIClient) -> None:
    assert names_of(ana, "customers", segment="school") == ["강남초등학교"]
    assert names_of(ana, "customers", external_id="B-1") == ["강남초등학교"]
    assert names_of(ana, "customers", segment="school", q="Clean") == []
    eva = signed_in(world.eva)
    assert names_of(eva, "customers", territory=world.south.pk) == ["Hanil Paper"]


def test_a_territory_that_is_not_read_has_no_customers(world: World, ana: APIClient) -> None:
    hidden, none = (ana.get(f"{API}customers/", {"territory": str(id)}) for id in (world.south.pk, uuid4()))
    assert same_words(hidden, none)
    assert names_of(ana, "customers", territory=world.south.pk) == []


def test_a_filter_that_cannot_be_is_refused_and_one_we_do_not_have_is_let_be(ana: APIClient) -> None:
    assert ana.get(f"{API}customers/", {"territory": "north"}).json()["code"] == "choice"
    assert len(names_of(ana, "customers", memo="x", organization=uuid4(), ordering="-memo")) == 3
