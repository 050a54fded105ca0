"""How long texts about tickets may be, in characters."""

from __future__ import annotations

TEXT_LENGTH = 4000
SHORT_LENGTH = 500
HELP_LENGTH = 1000
