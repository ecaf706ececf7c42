"""Marks of the parts of names, filled in for older parties by the jobs."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0012_unsent"),
    ]

    operations = [
        migrations.AddField(
            "party",
            "name_parts",
            django.contrib.postgres.fields.ArrayField(models.CharField(max_length=12), null=True),
        ),
        migrations.AddIndex(
            "party",
            django.contrib.postgres.indexes.GinIndex(fields=["name_parts"], name="party_name_parts"),
        ),
    ]
