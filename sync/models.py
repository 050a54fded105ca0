"""The tables of the protocol. Surrogate keys are local to the installation; what travels is named in docs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from core import clock, tenancy
from core.models import TenantManager


class SyncRow(models.Model):
    """A row of the machinery, held apart by organization like every business row."""

    organization = models.ForeignKey(
        "people.Organization", on_delete=models.CASCADE, default=tenancy.require_id, related_name="+"
    )

    objects = TenantManager()
    everywhere = models.Manager()  # noqa: DJ012  (a manager, not a field)

    class Meta:
        abstract = True


class Counter(models.Model):
    """One row per organization, raised as the last statement of every unit: commits and numbers share one order."""

    organization = models.OneToOneField(
        "people.Organization", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    seq = models.BigIntegerField(default=0)
    tag = models.CharField(max_length=16)
    epoch = models.CharField(max_length=16)
    low_water = models.BigIntegerField(default=0, help_text="Below it removals are forgotten (sync/compaction.py).")


class Tick(models.Model):
    """The random tag each number was given. A cursor whose (seq, tag) is not here comes from another history."""

    organization = models.ForeignKey("people.Organization", on_delete=models.CASCADE, related_name="+")
    seq = models.BigIntegerField()
    tag = models.CharField(max_length=16)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "seq"], name="one_tag_per_number")]


class RowText(models.Model):
    """Each row's shape as JSON text, once. Pulls and REST lists hand this text out as it lies."""

    organization = models.ForeignKey("people.Organization", on_delete=models.CASCADE, related_name="+")
    shape = models.CharField(max_length=30)
    row_id = models.UUIDField()
    rv = models.CharField(max_length=16)
    anchor = models.UUIDField(null=True)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "shape", "row_id"], name="one_text_per_row"),
        ]
        indexes = [
            # A customer that changes territory takes every row that hangs on it along.
            models.Index(fields=["organization", "anchor"], name="row_text_by_anchor"),
        ]


class Log(models.Model):
    """Where a row's newest version is to be seen, or where it no longer is. Newest only, so it does not grow."""

    organization = models.ForeignKey("people.Organization", on_delete=models.CASCADE, related_name="+")
    stream = models.CharField(max_length=60)
    shape = models.CharField(max_length=30)
    row_id = models.UUIDField()
    seq = models.BigIntegerField()
    is_put = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "shape", "row_id", "stream"], name="one_place_per_stream"),
        ]
        indexes = [models.Index(fields=["organization", "stream", "seq"], name="log_in_order")]


class Replica(SyncRow):
    """One phone database of one member."""

    class State(models.TextChoices):
        """A revoked phone hands in what it holds, into quarantine, and reads nothing any more."""

        ACTIVE = "active"
        REVOKED = "revoked"

    key = models.CharField(max_length=32)
    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    app = models.CharField(max_length=40, blank=True)
    device = models.CharField(max_length=200, blank=True)
    registered_at = models.DateTimeField(default=clock.now)

    received_n = models.BigIntegerField(default=0)
    chain = models.CharField(max_length=64, default="0" * 64)
    settled_n = models.BigIntegerField(default=0)

    # What the phone itself last said of its queue, and when.
    last_contact_at = models.DateTimeField(default=clock.now)
    pending_count = models.IntegerField(default=0)
    written_n = models.BigIntegerField(default=0)
    skew_ms = models.BigIntegerField(null=True)
    differences = models.IntegerField(default=0, help_text="Streams that were found to differ and were fetched anew.")

    # What became of the phone itself.
    session_key = models.CharField(max_length=40, blank=True, help_text="Of its last hello: it ends with the phone.")
    revoked_at = models.DateTimeField(null=True)
    # What the database before this one had written on the same phone, and what of it is here: the rest was lost.
    lost_written_n = models.BigIntegerField(default=0)
    lost_received_n = models.BigIntegerField(default=0)

    # The drain that owns this replica's inbox right now.
    lease_token = models.CharField(max_length=16, blank=True)
    lease_until = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(null=True)
    failures = models.SmallIntegerField(default=0, help_text="How often in a row storage failed under its drain.")
    is_slow = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "key"], name="one_replica_per_key")]


class EntryState(models.TextChoices):
    RECEIVED = "received"
    APPLIED = "applied"
    CONFLICT = "conflict"
    DUPLICATE = "duplicate"
    PARKED = "parked"
    SUPERSEDED = "superseded"
    DISCARDED = "discarded"


class InboxEntry(SyncRow):
    """One entry exactly as the phone wrote it, and the server's answer to it."""

    replica = models.ForeignKey(Replica, on_delete=models.CASCADE, related_name="entries")
    n = models.BigIntegerField()
    # Bytes, not text: what a phone wrote is kept to the letter, even what PostgreSQL's text cannot hold.
    body = models.BinaryField()
    sha = models.CharField(max_length=64)
    entry_id = models.UUIDField(null=True)
    received_at = models.DateTimeField()
    skew_ms = models.BigIntegerField(null=True, help_text="Server time minus the phone's sent_at.")

    state = models.CharField(max_length=12, choices=EntryState, default=EntryState.RECEIVED)
    code = models.CharField(max_length=40, blank=True)
    params = models.JSONField(default=dict)
    conflicts = models.JSONField(default=list)
    settled_seq = models.BigIntegerField(null=True)
    attempts = models.SmallIntegerField(default=0)
    row_id = models.UUIDField(null=True, help_text="Of the row its kind is named after; noted when it is parked.")
    accepted_by = models.ForeignKey(
        "people.Member",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who let it in although its phone was revoked or its writer switched off.",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["replica", "n"], name="one_entry_per_number")]
        indexes = [
            models.Index(fields=["replica", "n"], condition=models.Q(state="received"), name="inbox_to_drain"),
            models.Index(fields=["replica", "settled_seq"], name="inbox_settled"),
            models.Index(fields=["organization", "entry_id"], name="inbox_by_entry"),
            models.Index(fields=["organization", "code"], condition=models.Q(state="parked"), name="inbox_parked"),
            models.Index(fields=["replica", "row_id"], condition=models.Q(state="parked"), name="inbox_parked_rows"),
        ]

    @property
    def is_parked(self) -> bool:
        return self.state == EntryState.PARKED

    def as_settled(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "id": str(self.entry_id) if self.entry_id else None,
            "state": self.state,
            "seq": self.settled_seq,
            "code": self.code or None,
            "params": self.params,
            "conflicts": self.conflicts,
        }


class Effect(models.Model):
    """An entry id that has had its effect. The key is what makes exactly once true, across replicas and for ever."""

    organization = models.ForeignKey("people.Organization", on_delete=models.CASCADE, related_name="+")
    entry_id = models.UUIDField()
    sha = models.CharField(max_length=64)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "entry_id"], name="one_effect_per_entry")]


class Audit(models.Model):
    """Who did what to which rows, written in the same transaction as the effect itself."""

    organization = models.ForeignKey("people.Organization", on_delete=models.CASCADE, related_name="+")
    seq = models.BigIntegerField(null=True)
    member = models.ForeignKey("people.Member", null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=40)
    door = models.CharField(max_length=10)
    entry_id = models.UUIDField(null=True)
    rows = models.JSONField(default=list, help_text="[[shape, id], ...] touched by the act, or read by it.")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(fields=["organization", "at"], name="audit_in_time"),
            models.Index(fields=["organization", "entry_id"], name="audit_by_entry"),
        ]


class FieldEdit(SyncRow):
    """What a shared field held before somebody changed it, and since: its history, field by field."""

    seq = models.BigIntegerField()
    shape = models.CharField(max_length=30)
    row_id = models.UUIDField()
    field = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    member = models.ForeignKey("people.Member", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(help_text="By the clock of whoever changed it.")
    received_at = models.DateTimeField()
    entry_id = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "shape", "row_id", "id"], name="edits_of_row")]


class Pulse(models.Model):
    """When a part of the machinery was last seen working: readiness asks here, not whether a process exists."""

    name = models.CharField(max_length=40, primary_key=True)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
