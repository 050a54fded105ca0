"""Inputs about messages and help."""

from __future__ import annotations

from core.inputs import Choice, Id, Input, Text
from tickets.models import Message
from tickets.serializers.lengths import HELP_LENGTH, TEXT_LENGTH


class WriteMessageInput(Input):
    message = Id()
    ticket = Id()
    audience = Choice(choices=Message.Audience.choices)
    text = Text(max_length=TEXT_LENGTH)


class WithdrawMessageInput(Input):
    message = Id()


class AskHelpInput(Input):
    help = Id()
    ticket = Id()
    engineer = Id()
    text = Text(max_length=HELP_LENGTH)


class AnswerHelpInput(Input):
    help = Id()
    answer = Text(max_length=TEXT_LENGTH)


class WithdrawHelpInput(Input):
    help = Id()
