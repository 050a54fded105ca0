"""Inputs and shapes of the console."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.inputs import Input, Text
from core.outputs import UtcTime
from people import console
from people.rescue import FORMAT
from sync.limits import MAX_ENTRY_BYTES
from sync.models import InboxEntry, Replica


class ParkedShape(serializers.ModelSerializer[InboxEntry]):
    """``kind``, ``at`` and ``args`` are null when the text is no entry that this server can read; ``args`` alone when
    they are no arguments."""

    member = serializers.UUIDField(source="replica.member_id")
    phone = serializers.IntegerField(source="replica_id")
    device = serializers.CharField(source="replica.device")
    received_at = UtcTime()
    params = serializers.DictField()
    kind = serializers.CharField(allow_null=True)
    at = UtcTime(allow_null=True)
    args = serializers.DictField(allow_null=True)
    text = serializers.CharField()
    waiting = serializers.IntegerField(help_text="How many parked entries wait for this one.")

    class Meta:
        model = InboxEntry
        fields = [
            "id",
            "entry_id",
            "member",
            "phone",
            "device",
            "n",
            "received_at",
            "code",
            "params",
            "attempts",
            "kind",
            "at",
            "args",
            "text",
            "waiting",
        ]

    def to_representation(self, instance: InboxEntry) -> dict[str, Any]:
        waiting = self.context.get("waiting", {}).get(str(instance.entry_id), 0)
        for name, value in {**console.told(instance), "waiting": waiting}.items():
            setattr(instance, name, value)
        return super().to_representation(instance)


class PhoneShape(serializers.ModelSerializer[Replica]):
    """A phone as the server knows it. Numbers count entries."""

    registered_at = UtcTime()
    last_contact_at = UtcTime()
    revoked_at = UtcTime(allow_null=True)
    is_this = serializers.SerializerMethodField(help_text="Whether whoever asks is signed in on it.")

    class Meta:
        model = Replica
        fields = [
            "id",
            "member",
            "is_this",
            "state",
            "app",
            "device",
            "registered_at",
            "last_contact_at",
            "revoked_at",
            "pending_count",
            "written_n",
            "received_n",
            "settled_n",
            "lost_written_n",
            "lost_received_n",
            "differences",
            "skew_ms",
        ]

    def get_is_this(self, instance: Replica) -> bool:
        key = self.context.get("session")
        return key is not None and instance.session_key == key


class NoteInput(Input):
    note = Text(max_length=500)


class ApplyInput(Input):
    args = serializers.DictField()


class UnsentEntry(serializers.Serializer[Any]):
    """For the description of the API: what is read is people.rescue.File."""

    n = serializers.IntegerField(min_value=1)
    chain = serializers.CharField(max_length=64, allow_null=True)
    entry = serializers.CharField(max_length=MAX_ENTRY_BYTES, trim_whitespace=False)


class UnsentFile(serializers.Serializer[Any]):
    """The file a phone saves: every entry that the server did not hold, with the hash of all before it."""

    format = serializers.ChoiceField(choices=[FORMAT])
    organization = serializers.UUIDField()
    member = serializers.UUIDField()
    replica = serializers.RegexField(r"^[0-9a-f]{32}$")
    received_n = serializers.IntegerField(min_value=0)
    made_at = serializers.CharField(max_length=40)
    entries = UnsentEntry(many=True)
    parked = UnsentEntry(many=True)


class RescuedShape(serializers.Serializer[Any]):
    taken = serializers.IntegerField(help_text="Entries that were new here.")
    known = serializers.IntegerField(help_text="Entries that had arrived already.")
