import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hotspots", "0002_events"),
    ]

    operations = [
        migrations.AddField(
            model_name="voicerow",
            name="places",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
        ),
    ]
