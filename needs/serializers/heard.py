"""Inputs about what is heard and seen."""

from __future__ import annotations

from core.inputs import Choice, Id, Input, Text, Whole
from needs.models import Voice
from needs.serializers.lengths import TEXT_LENGTH


class WhereInput(Input):
    """Of which customer it is, and what is known besides."""

    customer = Id()
    site = Id(required=False, allow_null=True)
    visit = Id(required=False, allow_null=True)
    contact = Id(required=False, allow_null=True)
    product = Id(required=False, allow_null=True)


class NoteNeedInput(WhereInput):
    need = Id()
    voice = Id()
    text = Text(max_length=TEXT_LENGTH)
    how = Choice(choices=Voice.How.choices, required=False)
    importance = Whole(min_value=0, max_value=3, required=False, allow_null=True)
    theme = Id(required=False, allow_null=True)


class ObserveInput(WhereInput):
    voice = Id()
    need = Id(required=False, allow_null=True)
    sign = Choice(choices=Voice.Sign.choices)
    text = Text(max_length=TEXT_LENGTH, required=False, allow_blank=True)


class AmendVoiceInput(Input):
    voice = Id()
    text = Text(max_length=TEXT_LENGTH, required=False, allow_blank=True)
    how = Choice(choices=Voice.How.choices, required=False)
    importance = Whole(min_value=0, max_value=3, required=False, allow_null=True)
    contact = Id(required=False, allow_null=True)
    product = Id(required=False, allow_null=True)


class VoiceInput(Input):
    voice = Id()


class PlaceInput(Input):
    voice = Id()
    need = Id(allow_null=True)
