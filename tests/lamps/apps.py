"""Registers lamps the way a room of the product registers its nouns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from rest_framework import serializers

READ_MONTHS = 2


class LampsConfig(AppConfig):
    name = "tests.lamps"
    label = "lamps"

    def ready(self) -> None:
        from core import clock
        from core.inputs import Id, Input, Text, YesNo
        from sync.registry import Kind, Shape, registry
        from tests.lamps import actions
        from tests.lamps.models import House, Key, Lamp

        class MakeInput(Input):
            lamp = Id()
            anchor = Id()
            colour = Text(max_length=200)

        class SwitchInput(Input):
            lamp = Id()
            on = YesNo()

        class LampInput(Input):
            lamp = Id()

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
                fields = ["id", "house", "colour", "switches", "is_on", "is_closed", "touched_by"]

            def get_is_closed(self, lamp: Lamp) -> bool:
                return lamp.closed_at is not None

        def houses(rows: Sequence[Any]) -> dict[Any, frozenset[str]]:
            return {house.pk: frozenset({f"h:{house.scope}/base"}) for house in rows}

        def lamps(rows: Sequence[Any]) -> dict[Any, frozenset[str]]:
            found = House.objects.filter(pk__in={lamp.house_id for lamp in rows})
            scopes = dict(found.values_list("pk", "scope"))
            return {lamp.pk: frozenset(_places(lamp, scopes[lamp.house_id])) for lamp in rows}

        def _places(lamp: Lamp, scope: str) -> tuple[str, str]:
            """With its house, and with whoever made it."""
            return f"h:{scope}/{_period(lamp)}", f"m:{lamp.member_id}/{_period(lamp)}"

        def _period(lamp: Lamp) -> str:
            return "base" if lamp.closed_at is None else clock.month_of(lamp.closed_at, "Asia/Seoul")

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
                Kind("lamp.crash", NothingInput, actions.crash),
                Kind("lamp.fail", NothingInput, actions.fail),
            ]
        )
        registry.add_shapes(
            [
                Shape("house", House, HouseShape, houses, anchor=lambda house: house.pk),
                Shape("lamp", Lamp, LampShape, lamps, anchor=lambda lamp: lamp.house_id),
            ]
        )
        registry.add_reader(read_by)
