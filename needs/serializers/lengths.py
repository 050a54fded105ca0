"""How long texts about needs may be, in characters."""

from __future__ import annotations

TEXT_LENGTH = 4000
SHORT_LENGTH = 500
TITLE_LENGTH = 120
CUSTOMER_LENGTH = 1000
