"""Everything a phone may say about notifications."""

from notices import actions
from notices import serializers as forms
from sync.registry import Kind

KINDS = [
    Kind("notification.read", forms.ReadInput, actions.read_notification),
    Kind("notification.read_all", forms.ReadAllInput, actions.read_all_notifications),
    Kind("preference.set", forms.PreferenceInput, actions.set_preference),
]
