"""How values leave."""

from __future__ import annotations

import json

import pytest
from rest_framework import serializers

import fieldops.urls  # noqa: F401  (every shape of the product is loaded with its addresses)
from core.outputs import PlainNumber
from sync.registry import Shape, registry


@pytest.mark.parametrize(("value", "text"), [(127.0, "127"), (-0.0, "0"), (37.5, "37.5"), (3, "3"), (0.0001, "0.0001")])
def test_a_number_is_written_as_every_json_writes_it(value: float, text: str) -> None:
    assert json.dumps(PlainNumber().to_representation(value)) == text


@pytest.mark.parametrize("shape", registry.shapes.values(), ids=lambda shape: shape.name)
def test_every_number_of_a_shape_is_written_so(shape: Shape) -> None:
    """A phone that holds 1 where the server says 1.0 would not hold the same, byte by byte."""
    fields: dict[str, object] = dict(shape.serializer().fields)  # type: ignore[attr-defined]  # all are serializers
    assert [name for name, one in fields.items() if type(one) is serializers.FloatField] == []
