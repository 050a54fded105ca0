"""Inputs about needs and themes."""

from __future__ import annotations

from core.inputs import Id, Input, Text
from needs.serializers.lengths import CUSTOMER_LENGTH, SHORT_LENGTH, TEXT_LENGTH, TITLE_LENGTH


class NeedInput(Input):
    title = Text(max_length=TITLE_LENGTH, is_name=True, required=False)
    theme = Id(required=False, allow_null=True)
    product = Id(required=False, allow_null=True)
    memo = Text(max_length=TEXT_LENGTH, required=False, allow_blank=True)
    answer = Text(max_length=TEXT_LENGTH, required=False, allow_blank=True)
    customer_text = Text(max_length=CUSTOMER_LENGTH, required=False, allow_blank=True)


class ChangeNeedInput(NeedInput):
    need = Id()


class TakeInput(Input):
    need = Id()


class HandOverInput(Input):
    need = Id()
    owner = Id(allow_null=True)


class ConfirmInput(Input):
    need = Id()
    customer = Id()
    note = Text(max_length=SHORT_LENGTH, required=False, allow_blank=True)


class AcceptInput(Input):
    need = Id()
    note = Text(max_length=SHORT_LENGTH, required=False, allow_blank=True)


class DeclineInput(Input):
    need = Id()
    reason = Text(max_length=SHORT_LENGTH)
    customer_text = Text(max_length=CUSTOMER_LENGTH, required=False, allow_blank=True)


class BuildInput(Input):
    need = Id()
    note = Text(max_length=SHORT_LENGTH, required=False, allow_blank=True)
    customer_text = Text(max_length=CUSTOMER_LENGTH, required=False, allow_blank=True)


class MergeInput(Input):
    need = Id()
    into = Id()


class UnmergeInput(Input):
    need = Id()


class ThemeInput(Input):
    theme = Id()
    name = Text(max_length=80, is_name=True)


class NameThemeInput(Input):
    """Names the theme and nothing else."""

    theme = Id()
