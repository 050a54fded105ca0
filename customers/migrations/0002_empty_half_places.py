from django.db import migrations


def empty_half_places(apps, schema_editor):
    """The former constraint let half a pair through. Half a place is none; the row's text is written anew with its
    next change, and phones read half a pair as no place already."""
    sites = apps.get_model('customers', 'Site')._base_manager
    sites.filter(latitude=None).update(longitude=None)
    sites.filter(longitude=None).update(latitude=None)


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0001_first'),
    ]

    operations = [
        migrations.RunPython(empty_half_places, migrations.RunPython.noop),
    ]
