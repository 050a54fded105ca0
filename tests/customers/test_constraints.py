"""What the database itself refuses, whoever writes."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from customers.models import Asset, Site
from tests.conftest import World

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize(
    ("latitude", "longitude", "is_taken"),
    [
        (None, None, True),
        (37.5, 127.0, True),
        (-90, 180, True),
        (37.5, None, False),
        (None, 127.0, False),
        (90.1, 127.0, False),
        (37.5, -180.1, False),
    ],
)
def test_a_site_has_both_coordinates_or_none(
    world: World, latitude: float | None, longitude: float | None, is_taken: bool
) -> None:
    site = Site(customer=world.steel, name="Gate", latitude=latitude, longitude=longitude)
    if is_taken:
        site.save()
        return
    with pytest.raises(IntegrityError, match="a_site_has_both_coordinates_or_none"), transaction.atomic():
        site.save()


@pytest.mark.parametrize(
    "values", [{"name": "Press"}, {"serial": "SN-1"}, {"tag": "A-17"}, {}, {"notes": "By the door"}]
)
def test_an_asset_has_a_name_a_serial_or_a_tag(world: World, values: dict[str, str]) -> None:
    asset = Asset(customer=world.steel, **values)
    if values.keys() & set(Asset.NAMED_BY):
        asset.save()
        return
    with pytest.raises(IntegrityError, match="an_asset_has_a_name_a_serial_or_a_tag"), transaction.atomic():
        asset.save()
