"""What comparing needs with one another leaves behind."""

from __future__ import annotations

from django.db import models

from core.models import Row


class Uncompared(Row):
    """A need that waits to be compared with the others: its words changed, or its group. Its id is the need's.

    Whatever changes it again writes another ``token``, so that a job takes off the list only what it has read.
    """

    token = models.CharField(max_length=16)
    taken_at = models.DateTimeField(null=True, blank=True, help_text="When a job began with it.")

    class Meta:
        verbose_name_plural = "uncompared"
        indexes = [models.Index(fields=["organization", "-id"], name="uncompared_newest_first")]


class Wording(Row):
    """A need's title or a voice's words as the encoder sees them (needs/alike/encoder.py). Its id is theirs.

    Kept so that nothing is encoded twice; what is lost is made anew.
    """

    digest = models.CharField(max_length=32, help_text="Of the text it was made from.")
    encoder = models.CharField(max_length=40, help_text="Its version; empty where there was none.")
    vector = models.BinaryField(help_text="512 numbers of 16 bits; empty where there was no encoder.")

    class Meta:
        indexes = [models.Index(fields=["organization", "encoder"], name="wordings_by_encoder")]
