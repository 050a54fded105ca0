"""Registers lamps the way a room of the product registers its nouns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.apps import AppConfig
from rest_framework import serializers

READ_MONTHS = 2


class LampsConfig(AppConfig):
    name = "tests.lamps"
    label = "lamps"

    def ready(self) -> None:
        from core import clock
        from core.inputs import Choice, Id, Input, Text, Whole, YesNo
        from people.streams import ORGANIZATION
        from sync.registry import Kind, Shape, registry
        from tests.lamps import actions, hanging
        from tests.lamps.models import Clash, House, Key, Lamp

        class MakeInput(Input):
            lamp = Id()
            anchor = Id()
            colour = Text(max_length=200)

        class SwitchInput(Input):
            lamp = Id()
            on = YesNo()

        class EditInput(Input):
            lamp = Id()
            label = Text(max_length=200, required=False, allow_blank=True)  # type: ignore[assignment]  # a field of that name is what the lamp has
            price = Whole(required=False)

        class ResolveInput(Input):
            clash = Id()
            choice = Choice(choices=["keep", "replace"])

        class LampInput(Input):
            lamp = Id()

        class GroupInput(Input):
            lamp = Id()
            into = Id()

        class NothingInput(Input):
            pass

        class HouseShape(serializers.ModelSerializer[House]):
            class Meta:
                model = House
                fields = ["id", "scope"]

        class LampShape(serializers.ModelSerializer[Lamp]):
            is_closed = serializers.SerializerMethodField()

            class Meta:
                model = Lamp
                fields = [
                    *("id", "house", "colour", "switches", "is_on", "is_closed", "label", "price"),
                    *("group", "hung", "is_shown", "touched_by"),
                ]

            def get_is_closed(self, lamp: Lamp) -> bool:
                return lamp.closed_at is not None

        class ClashShape(serializers.ModelSerializer[Clash]):
            class Meta:
                model = Clash
                fields = [
                    *("id", "lamp", "field", "base", "mine", "theirs", "kept"),
                    *("member", "their_member", "choice", "touched_by"),
                ]

        def houses(rows: Sequence[Any]) -> dict[Any, frozenset[str]]:
            return {house.pk: frozenset({f"h:{house.scope}/base"}) for house in rows}

        def lamps(rows: Sequence[Any]) -> dict[Any, frozenset[str]]:
            """For everybody while they are shown; else with their houses, and with whoever made them."""
            scopes = _scopes({lamp.house_id for lamp in rows})
            return {lamp.pk: _of_lamp(lamp, scopes[lamp.house_id]) for lamp in rows}

        def _of_lamp(lamp: Lamp, scope: str) -> frozenset[str]:
            if lamp.is_shown and lamp.closed_at is None:
                return frozenset({ORGANIZATION})
            return _places(lamp, scope, lamp.member_id)

        def clashes(rows: Sequence[Any]) -> dict[Any, frozenset[str]]:
            """With the houses of their lamps, and with both writers."""
            houses = dict(Lamp.objects.filter(pk__in={one.lamp_id for one in rows}).values_list("pk", "house"))
            scopes = _scopes(set(houses.values()))
            return {
                one.pk: _places(one, scopes[houses[one.lamp_id]], one.member_id, one.their_member_id) for one in rows
            }

        def _scopes(houses: set[Any]) -> dict[Any, str]:
            return dict(House.objects.filter(pk__in=houses).values_list("pk", "scope"))

        def _places(row: Lamp | Clash, scope: str, *members: Any) -> frozenset[str]:
            period = "base" if row.closed_at is None else clock.month_of(row.closed_at, "Asia/Seoul")
            return frozenset([f"h:{scope}/{period}", *(f"m:{member}/{period}" for member in members if member)])

        def _lamp_of(clash: UUID) -> UUID | None:
            return Clash.objects.filter(pk=clash).values_list("lamp", flat=True).first()

        def read_by(member: Any, month: str) -> Iterator[str]:
            keys = Key.objects.filter(member=member).values_list("scope", flat=True)
            for scope in (f"m:{member.pk}", *(f"h:{key}" for key in keys)):
                yield f"{scope}/base"
                for one in clock.months_back(month, READ_MONTHS):
                    yield f"{scope}/{one}"

        registry.add_kinds(
            [
                Kind("lamp.make", MakeInput, actions.make),
                Kind("lamp.switch", SwitchInput, actions.switch),
                Kind("lamp.close", LampInput, actions.close),
                Kind("lamp.edit", EditInput, actions.edit, is_edit=True),
                Kind("lamp.group", GroupInput, hanging.group),
                Kind("lamp.ungroup", LampInput, hanging.ungroup),
                Kind("lamp.show", LampInput, hanging.show),
                Kind("clash.resolve", ResolveInput, actions.resolve, is_edit=True, row=_lamp_of),
                Kind("lamp.crash", NothingInput, actions.crash),
                Kind("lamp.fail", NothingInput, actions.fail),
            ]
        )
        registry.add_shapes(
            [
                Shape("house", House, HouseShape, houses, anchor=lambda house: house.pk),
                Shape("lamp", Lamp, LampShape, lamps, anchor=lambda lamp: lamp.house_id),
                Shape("clash", Clash, ClashShape, clashes, anchor=lambda clash: clash.lamp.house_id, related=("lamp",)),
            ]
        )
        registry.add_reader(read_by)
