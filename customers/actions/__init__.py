"""The verbs about customers. The only place in this room that writes."""

from customers.actions.conflicts import resolve_conflict
from customers.actions.imports import Imported, ImportRow, import_rows
from customers.actions.moves import move_next, start_move, tell_move
from customers.actions.rows import (
    add_asset,
    add_contact,
    add_customer,
    add_product,
    add_site,
    change_asset,
    change_contact,
    change_customer,
    change_product,
    change_site,
    remove,
    remove_asset,
    remove_customer,
    restore_asset,
    restore_contact,
    restore_customer,
    restore_product,
    restore_site,
)
from customers.actions.writing import Seen, edit_row

__all__ = [
    "ImportRow",
    "Imported",
    "Seen",
    "add_asset",
    "add_contact",
    "add_customer",
    "add_product",
    "add_site",
    "change_asset",
    "change_contact",
    "change_customer",
    "change_product",
    "change_site",
    "edit_row",
    "import_rows",
    "move_next",
    "remove",
    "remove_asset",
    "remove_customer",
    "resolve_conflict",
    "restore_asset",
    "restore_contact",
    "restore_customer",
    "restore_product",
    "restore_site",
    "start_move",
    "tell_move",
]
