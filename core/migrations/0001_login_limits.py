"""The table behind the cache that counts sign-in attempts (settings.CACHES)."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def make_table(apps: Any, schema_editor: Any) -> None:
    call_command("createcachetable", database=schema_editor.connection.alias)


class Migration(migrations.Migration):
    initial = True
    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
