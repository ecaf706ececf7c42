"""Keys by which other programs act in a post."""

import uuid

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_deeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Token",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("mark", models.CharField(max_length=72, unique=True)),
                ("title", models.CharField(max_length=80)),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16), default=list, size=None
                    ),
                ),
                ("issued", models.DateTimeField(auto_now_add=True)),
                ("until", models.DateField()),
                ("withdrawn", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(on_delete=models.deletion.PROTECT, related_name="tokens", to="people.account"),
                ),
                ("post", models.ForeignKey(on_delete=models.deletion.PROTECT, related_name="tokens", to="people.post")),
            ],
        ),
    ]
