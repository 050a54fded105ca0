"""Everything a phone may say about customers, their sites, contacts and assets, and about edits that met."""

from customers import actions
from customers import serializers as forms
from customers.models import Conflict
from sync.registry import Kind

KINDS = [
    Kind("customer.change", forms.ChangeCustomerInput, actions.change_customer, is_edit=True),
    Kind("customer.restore", forms.RestoreCustomerInput, actions.restore_customer, is_first=True),
    Kind("site.change", forms.ChangeSiteInput, actions.change_site, is_edit=True),
    Kind("site.restore", forms.RestoreSiteInput, actions.restore_site, is_first=True),
    Kind("contact.change", forms.ChangeContactInput, actions.change_contact, is_edit=True),
    Kind("contact.restore", forms.RestoreContactInput, actions.restore_contact, is_first=True),
    Kind("asset.add", forms.NewAssetInput, actions.add_asset),
    Kind("asset.change", forms.ChangeAssetInput, actions.change_asset, is_edit=True),
    Kind("asset.remove", forms.NameAssetInput, actions.remove_asset),
    Kind("asset.restore", forms.NameAssetInput, actions.restore_asset, is_first=True),
    Kind(
        "conflict.resolve",
        forms.ResolveConflictInput,
        actions.resolve_conflict,
        is_edit=True,
        row=Conflict.objects.row_of,
    ),
]
