"""The nouns of this room that many people edit: one table."""

from __future__ import annotations

from customers import actions
from customers.actions.writing import lock_to_edit, require_editor
from customers.merging import SharedNoun
from customers.models import Conflict, Customer
from customers.serializers import AssetInput, ContactInput, CustomerInput, SiteInput
from sync.changes import Unit
from sync.merge import Rules


def _require_editor(unit: Unit, conflict: Conflict) -> None:
    require_editor(unit, conflict.customer)


def _memo_of(unit: Unit, conflict: Conflict) -> Customer:
    """Whatever of a customer it is about, the memo is the customer's."""
    found: Customer = lock_to_edit(unit, Customer, conflict.customer_id, "customer")
    return found


NOUNS = {
    "customer": SharedNoun(
        CustomerInput,
        actions.change_customer,
        _require_editor,
        _memo_of,
        Rules(guarded=frozenset({"territory", "external_id"})),
    ),
    "site": SharedNoun(
        SiteInput, actions.change_site, _require_editor, _memo_of, Rules(together=(("latitude", "longitude"),))
    ),
    "contact": SharedNoun(ContactInput, actions.change_contact, _require_editor, _memo_of),
    "asset": SharedNoun(AssetInput, actions.change_asset, _require_editor, _memo_of),
}
