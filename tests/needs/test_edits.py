"""Needs that several engineers edit, offline and at once: taken, merged, or kept for people to look at."""

from __future__ import annotations

from typing import Any

import pytest

from core.ids import uuid7
from customers import merging
from customers.models import Conflict
from needs import actions, sharing
from needs.models import Need, Theme, Voice
from people.actions import change_member
from people.models import Member
from sync.models import FieldEdit
from tests import factories as make
from tests.conftest import World
from tests.editing import at_head, edit, fresh
from tests.needs.meeting import meet
from tests.phone import Phone, projection
from tests.rest import API, signed_in

pytestmark = pytest.mark.both_databases


# --- What meets nobody ------------------------------------------------------------------------------


def test_edits_of_different_fields_are_merged_without_asking(world: World, ina: Member, need: Need) -> None:
    jun, other = at_head(world.jun, ina)
    entries = [
        edit(jun, "need", need.pk, memo="Ask the lab", title="Silent pumps"),
        edit(other, "need", need.pk, answer="In spring", product=make.product(name="Pump").pk),
    ]
    jun.sync()
    other.sync()
    assert [jun.answer_to(entries[0]), other.answer_to(entries[1])] == [("applied", None)] * 2
    edited = fresh(need)
    assert (edited.memo, edited.title, edited.answer, edited.product.name) == (
        "Ask the lab",
        "Silent pumps",
        "In spring",
        "Pump",
    )
    assert not Conflict.objects.exists()


def test_two_who_wrote_the_same_do_not_meet(world: World, ina: Member, need: Need) -> None:
    theme = make.theme(world.jun)
    phones = at_head(world.jun, ina)
    entries = [edit(phone, "need", need.pk, theme=theme.pk) for phone in phones]
    for phone in phones:
        phone.sync()
    assert [phone.answer_to(entry)[0] for phone, entry in zip(phones, entries, strict=True)] == ["applied"] * 2


def test_own_edits_in_a_row_do_not_meet_each_other(world: World, need: Need) -> None:
    [jun] = at_head(world.jun)
    edit(jun, "need", need.pk, memo="First")
    last = jun.write("need.change", seen={"memo": "First"}, need=need.pk, memo="Second")
    jun.sync()
    assert (jun.answer_to(last), fresh(need).memo) == (("applied", None), "Second")


def test_an_edit_and_a_stage_do_not_meet(world: World, ina: Member, need: Need) -> None:
    jun, other = at_head(world.jun, ina)
    entry = edit(jun, "need", need.pk, memo="Ask the lab")
    for verb in ("take", "accept"):
        other.write(f"need.{verb}", need=need.pk)
    other.sync()
    jun.sync()
    assert jun.answer_to(entry) == ("applied", None)
    edited = fresh(need)
    assert (edited.memo, edited.stage, edited.owner) == ("Ask the lab", "accepted", ina)


# --- What meets -------------------------------------------------------------------------------------


def test_the_late_value_is_taken_and_the_former_stands_in_the_conflict(world: World, ina: Member, need: Need) -> None:
    jun, _, conflict = meet(world, ina, need, title=("Silent pumps", "Less noise"))
    assert fresh(need).title == "Silent pumps"
    assert (conflict.shape, conflict.row, conflict.names) == ("need", need.pk, ["title"])
    assert (conflict.base, conflict.mine, conflict.theirs) == (["Quieter pumps"], ["Silent pumps"], ["Less noise"])
    assert (conflict.kept, conflict.member, conflict.their_member) == ("mine", world.jun, ina)
    assert conflict.customer == world.steel
    [answer] = jun.settled.values()
    assert answer["state"] == "conflict"
    assert answer["conflicts"] == [{"id": str(conflict.pk), "shape": "need", "row": str(need.pk), "names": ["title"]}]


def test_each_field_meets_for_itself(world: World, ina: Member, need: Need) -> None:
    jun, other = at_head(world.jun, ina)
    edit(jun, "need", need.pk, memo="Mine", answer="In spring")
    edit(other, "need", need.pk, memo="Hers", customer_text="Soon.")
    other.sync()
    jun.sync()
    assert [one.names for one in Conflict.objects.all()] == [["memo"]]
    edited = fresh(need)
    assert (edited.memo, edited.answer, edited.customer_text) == ("Mine", "In spring", "Soon.")


def test_a_theme_and_a_product_meet_as_ids(world: World, ina: Member, need: Need) -> None:
    mine, hers = make.theme(world.jun), make.theme(world.jun)
    _, _, conflict = meet(world, ina, need, theme=(mine.pk, hers.pk))
    assert fresh(need).theme == mine
    assert (conflict.base, conflict.mine, conflict.theirs) == ([None], [str(mine.pk)], [str(hers.pk)])


def test_two_sort_one_need_and_everybody_sees_it_once(world: World, ina: Member) -> None:
    """Whoever held it as unsorted holds it still, as everybody does now; and its sums with it."""
    unsorted = make.need(world.ana, world.steel)
    phones = at_head(world.ana, world.carl, world.mia, world.eva)
    _, _, conflict = meet(world, ina, unsorted, title=("Silent pumps", "Less noise"))
    assert (conflict.base, fresh(unsorted).title) == ([""], "Silent pumps")
    for phone in phones:
        phone.pull()
        assert phone.contents() == projection(phone.member)
        assert [row["id"] for row in phone.all("need")] == [row["id"] for row in phone.all("tally")]


def test_both_engineers_and_the_territory_hold_the_conflict(world: World, ina: Member, need: Need) -> None:
    jun, other, _ = meet(world, ina, need, memo=("Mine", "Hers"))
    phones = [jun, other, *at_head(world.ana, world.mia, world.carl)]
    for phone in phones:
        phone.pull()
        assert phone.contents() == projection(phone.member)
    assert [len(phone.all("conflict")) for phone in phones] == [1, 1, 1, 1, 0]


def test_what_was_seen_must_be_said(world: World, need: Need) -> None:
    [jun] = at_head(world.jun)
    entry = jun.write("need.change", seen={"title": need.title}, need=need.pk, memo="Mine")
    jun.sync()
    assert jun.settled[entry]["code"] == "field_required"
    assert jun.settled[entry]["params"] == {"field": "from.memo"}


def test_an_edit_that_comes_twice_has_one_effect(world: World, ina: Member, need: Need) -> None:
    jun, _, _ = meet(world, ina, need, memo=("Mine", "Hers"))
    jun.take_new_replica()
    jun.sync()
    assert Conflict.objects.count() == 1
    assert [answer["state"] for answer in jun.settled.values()] == ["duplicate"]


def test_each_field_has_its_history(world: World, ina: Member, need: Need) -> None:
    meet(world, ina, need, memo=("Mine", "Hers"))
    edits = FieldEdit.objects.filter(shape="need", row_id=need.pk, field="memo").order_by("pk")
    assert [(one.before, one.after, one.member_id) for one in edits] == [
        ("", "Hers", ina.pk),
        ("Hers", "Mine", world.jun.pk),
    ]


def test_no_name_of_a_theme_is_lost(world: World, ina: Member) -> None:
    """Two rename it offline: the late name stands, and the other one in its history."""
    theme = make.theme(world.jun, "Noise")
    jun, other = at_head(world.jun, ina)
    jun.write("theme.rename", theme=theme.pk, name="Din")
    other.write("theme.rename", theme=theme.pk, name="Racket")
    other.sync()
    jun.sync()
    assert fresh(theme).name == "Din"
    edits = FieldEdit.objects.filter(shape="theme", row_id=theme.pk).order_by("pk")
    assert [(one.before, one.after) for one in edits] == [("Noise", "Racket"), ("Racket", "Din")]


# --- Who may ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["ana", "mia", "eva"])
def test_others_than_engineers_do_not_edit_needs(world: World, need: Need, who: str) -> None:
    [phone] = at_head(getattr(world, who))
    entry = edit(phone, "need", need.pk, memo="No")
    phone.sync()
    assert phone.answer_to(entry) == ("parked", "not_permitted")


def test_rights_count_when_the_entry_is_applied(world: World, ina: Member, need: Need) -> None:
    [phone] = at_head(ina)
    entry = edit(phone, "need", need.pk, memo="Late")
    phone.push()
    with make.writing() as unit:
        change_member(unit, ina, role="executive")
    phone.drain()
    phone.pull()
    assert phone.answer_to(entry) == ("parked", "not_permitted")


def test_a_need_that_there_is_not_is_not_found(world: World, need: Need) -> None:
    [jun] = at_head(world.jun)
    entry = jun.write("need.change", seen={"memo": ""}, need=uuid7(), memo="Mine")
    jun.sync()
    assert (jun.settled[entry]["code"], jun.settled[entry]["params"]) == ("not_found", {"field": "need"})


# --- What was removed or taken meanwhile ------------------------------------------------------------


def test_a_theme_removed_while_a_phone_has_it_offline(world: World, ina: Member, need: Need) -> None:
    """What a customer said is taken with it, and a need that is sorted by it waits with its text."""
    theme = make.theme(world.jun, "Noise")
    ana, other = at_head(world.ana, ina)
    with make.writing(world.jun) as unit:
        actions.remove_theme(unit, theme=theme.pk)
    told = ana.write("need.note", need=uuid7(), voice=uuid7(), customer=world.steel.pk, text="Loud", theme=theme.pk)
    sorting = edit(other, "need", need.pk, theme=theme.pk, memo="Still wanted")
    ana.sync()
    other.sync()
    assert ana.answer_to(told) == ("applied", None)
    assert Need.objects.get(voices__text="Loud").theme == theme
    assert (other.settled[sorting]["code"], other.settled[sorting]["params"]) == ("row_deleted", {"field": "theme"})
    assert fresh(need).memo == "", "not half of it"
    back = other.write("theme.restore", theme=theme.pk)
    other.write("entry.retry", entry=sorting, after=[back])
    other.sync()
    assert other.answer_to(sorting) == ("applied", None)
    assert (fresh(need).theme, fresh(need).memo) == (theme, "Still wanted")


def test_bringing_a_theme_back_is_exact(world: World, need: Need) -> None:
    theme = make.theme(world.jun, "Noise")
    with make.writing(world.jun) as unit:
        actions.change_need(unit, need=need.pk, theme=theme.pk)
    phones = at_head(world.ana, world.jun)
    before = [phone.contents() for phone in phones]
    for step in (actions.remove_theme, actions.restore_theme):
        with make.writing(world.jun) as unit:
            step(unit, theme=theme.pk)
    for phone in phones:
        phone.pull()
    assert [phone.contents() for phone in phones] == before


def test_a_theme_whose_name_went_to_another_is_not_brought_back(world: World) -> None:
    theme = make.theme(world.jun, "Noise")
    with make.writing(world.jun) as unit:
        actions.remove_theme(unit, theme=theme.pk)
    make.theme(world.jun, "Noise")
    [jun] = at_head(world.jun)
    entry = jun.write("theme.restore", theme=theme.pk)
    jun.sync()
    assert (jun.settled[entry]["code"], jun.settled[entry]["params"]) == ("name_taken", {"field": "name"})


def test_a_theme_that_is_there_is_brought_back_quietly(world: World) -> None:
    """Two phones did it offline."""
    theme = make.theme(world.jun, "Noise")
    [jun] = at_head(world.jun)
    entry = jun.write("theme.restore", theme=theme.pk)
    jun.sync()
    assert jun.answer_to(entry) == ("applied", None)


def test_a_theme_removed_half_a_year_ago_is_gone(world: World) -> None:
    theme = make.theme(world.jun, "Noise")
    with make.writing(world.jun) as unit:
        actions.remove_theme(unit, theme=theme.pk)
    removed_at = fresh(theme).deleted_at
    Theme.objects.filter(pk=theme.pk).update(deleted_at=removed_at.replace(year=removed_at.year - 1))
    [jun] = at_head(world.jun)
    entry = jun.write("theme.restore", theme=theme.pk)
    jun.sync()
    assert jun.answer_to(entry) == ("parked", "not_found")
    answer = signed_in(world.jun).post(f"{API}themes/{theme.pk}/restore/", headers={"If-Match": "*"})
    assert answer.status_code == 404


def test_of_two_who_take_one_need_offline_the_second_is_told_who_has_it(world: World, ina: Member, need: Need) -> None:
    jun, other = at_head(world.jun, ina)
    entries = [phone.write("need.take", need=need.pk) for phone in (jun, other)]
    jun.sync()
    other.sync()
    assert jun.answer_to(entries[0]) == ("applied", None)
    said = other.settled[entries[1]]
    assert (said["code"], said["params"]) == ("already_taken", {"member": str(world.jun.pk)})
    assert fresh(need).owner == world.jun


# --- By REST ----------------------------------------------------------------------------------------


def test_an_edit_by_rest_needs_the_newest_version(world: World, need: Need) -> None:
    jun, address = signed_in(world.jun), f"{API}needs/{need.pk}/"
    version = jun.get(address)["ETag"]
    with make.writing(world.ada) as unit:
        actions.change_need(unit, need=need.pk, memo="First")
    late = jun.patch(address, {"memo": "Late"}, format="json", headers={"If-Match": version})
    assert (late.status_code, late.json()["code"]) == (412, "version_stale")
    assert jun.patch(address, {"memo": "Late"}, format="json").status_code == 428
    fine = jun.patch(address, {"memo": "Late"}, format="json", headers={"If-Match": jun.get(address)["ETag"]})
    assert (fine.status_code, fine.json()["memo"]) == (200, "Late")
    same = jun.patch(address, {"memo": "Late"}, format="json", headers={"If-Match": "*"})
    assert (same.status_code, same.json()["code"]) == (400, "nothing_changed")


def test_one_more_voice_by_rest_needs_a_need_that_is_seen(world: World) -> None:
    """A phone that wrote it when the need was still seen is heard; a browser is shown the need, and sees none."""
    unsorted = make.need(world.ana, world.steel)
    body: dict[str, Any] = {
        "need": str(unsorted.pk),
        "voice": str(uuid7()),
        "customer": str(world.paper.pk),
        "text": "Loud",
    }
    answer = signed_in(world.carl).post(f"{API}needs/", body, format="json")
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (404, "not_found", "need")
    carl = Phone(world.carl)
    entry = carl.write("need.note", **body)
    carl.sync()
    assert carl.answer_to(entry) == ("applied", None)
    assert Voice.objects.filter(need=unsorted).count() == 2
    assert carl.holds("need", unsorted.pk) is None


def test_confirming_what_is_merged_shows_nothing_of_a_head_that_is_not_seen(world: World, need: Need) -> None:
    """Carl sees the need that was sorted, and not the unsorted one of the North that it was put under."""
    make.need(world.carl, world.paper, need=need.pk)
    head = make.need(world.ana, world.steel)
    with make.writing(world.jun) as unit:
        actions.merge_need(unit, need=need.pk, into=head.pk)
    address, body = f"{API}needs/{need.pk}/confirm/", {"customer": str(world.paper.pk)}
    answer = signed_in(world.carl).post(address, body, format="json")
    assert (answer.status_code, answer.json()["id"], answer.json()["stage"]) == (200, str(need.pk), "heard")
    assert fresh(head).stage == "confirmed"


def test_a_noun_is_shared_by_one_room() -> None:
    merging.share("need", sharing.NEED)
    other = merging.noun_of("site")
    with pytest.raises(ValueError, match="need is shared twice"):
        merging.share("need", other)
