
import core.ids
import core.tenancy
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('needs', '0001_first'),
        ('people', '0001_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='Uncompared',
            fields=[
                ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('token', models.CharField(max_length=16)),
                ('taken_at', models.DateTimeField(blank=True, help_text='When a job began with it.', null=True)),
                ('organization', models.ForeignKey(default=core.tenancy.require_id, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'verbose_name_plural': 'uncompared',
                'indexes': [models.Index(fields=['organization', '-id'], name='uncompared_newest_first')],
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('digest', models.CharField(help_text='Of the text it was made from.', max_length=32)),
                ('encoder', models.CharField(help_text='Its version; empty where there was none.', max_length=40)),
                ('vector', models.BinaryField(help_text='512 numbers of 16 bits; empty where there was no encoder.')),
                ('organization', models.ForeignKey(default=core.tenancy.require_id, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'indexes': [models.Index(fields=['organization', 'encoder'], name='wordings_by_encoder')],
            },
        ),
    ]
