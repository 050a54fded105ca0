"""How much one message may carry. The phone is told in every answer and keeps to it."""

PROTO = 1
MAX_ENTRIES = 500
MAX_BYTES = 1_000_000
MAX_ENTRY_BYTES = 65_536
MAX_ROWS = 1000
MAX_PAGE_BYTES = 262_144
MAX_DEPTH = 32
# What an ASGI request may bring in before it is read as JSON: a full push escaped once more.
MAX_BODY_BYTES = 2 * MAX_BYTES + 65_536


def as_json() -> dict[str, int]:
    return {
        "max_entries": MAX_ENTRIES,
        "max_bytes": MAX_BYTES,
        "max_entry_bytes": MAX_ENTRY_BYTES,
        "max_rows": MAX_ROWS,
        "max_page_bytes": MAX_PAGE_BYTES,
    }
