
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_first'),
        ('sync', '0004_parked_entries'),
    ]

    operations = [
        migrations.AddField(
            model_name='inboxentry',
            name='row_id',
            field=models.UUIDField(help_text='Of the row its kind is named after; noted when it is parked.', null=True),
        ),
        migrations.AddIndex(
            model_name='inboxentry',
            index=models.Index(condition=models.Q(('state', 'parked')), fields=['replica', 'row_id'], name='inbox_parked_rows'),
        ),
    ]
