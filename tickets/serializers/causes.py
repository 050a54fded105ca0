"""Inputs about closing and about causes."""

from __future__ import annotations

from core.inputs import Day, Id, Input, Text, YesNo
from tickets.serializers.lengths import TEXT_LENGTH


class CauseInput(Input):
    """What several people edit of a cause."""

    chip = Id(required=False, allow_null=True)
    text = Text(max_length=TEXT_LENGTH, required=False, allow_blank=True)
    countermeasure = Text(max_length=TEXT_LENGTH, required=False, allow_blank=True)


class ChangeCauseInput(CauseInput):
    cause = Id()


class SettleCauseInput(Input):
    cause = Id()
    chip = Id(required=False, allow_null=True)
    text = Text(max_length=TEXT_LENGTH, required=False, allow_blank=True)
    countermeasure = Text(max_length=TEXT_LENGTH, required=False, allow_blank=True)
    watch_until = Day(required=False, allow_null=True)


class CloseInput(SettleCauseInput):
    ticket = Id()
    is_finding = YesNo(required=False)
