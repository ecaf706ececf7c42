"""The one table of operations."""

import uuid

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Operation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("account", models.UUIDField()),
                ("post", models.UUIDField()),
                ("kind", models.CharField(max_length=40)),
                ("language", models.CharField(max_length=10)),
                ("key", models.CharField(max_length=80)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("stopping", models.BooleanField(default=False)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("done", models.IntegerField(default=0)),
                ("total", models.IntegerField(null=True)),
                ("asked", models.DateTimeField(auto_now_add=True)),
                ("began", models.DateTimeField(null=True)),
                ("ended", models.DateTimeField(null=True)),
                ("expires", models.DateTimeField(null=True)),
                ("seen", models.DateTimeField(null=True)),
                ("sealed", models.BinaryField()),
                ("outcome", models.BinaryField(null=True)),
                ("brought", models.UUIDField(null=True)),
                ("file", models.UUIDField(null=True)),
                (
                    "matters",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
            ],
            options={
                "db_table": "operations_operation",
                "indexes": [
                    models.Index(fields=["account", "-asked"], name="operation_of"),
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "running"])),
                        fields=["asked"],
                        name="operation_open",
                    ),
                    models.Index(
                        condition=models.Q(("file", None), _negated=True), fields=["expires"], name="operation_kept"
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("account", "key"), name="operation_once")],
            },
        ),
    ]
