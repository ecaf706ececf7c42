"""The way of a matter from draft to final text, and comments on drafts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("gazette", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Course",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("matter", models.UUIDField(db_index=True)),
                ("procedure", models.TextField()),
                ("title_zh", models.TextField()),
                ("title_en", models.TextField(default="")),
                ("unit", models.UUIDField()),
                ("number", models.TextField(default="")),
                ("began", models.DateField()),
                ("steps", models.JSONField(default=list)),
                ("draft", models.TextField(default="")),
                ("final", models.TextField(default="")),
                ("comments", models.TextField(default="")),
                ("changed", models.DateField()),
            ],
            options={
                "db_table": "gazette_course",
                "indexes": [models.Index(fields=["-changed", "-id"], name="gazette_courses")],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("matter", models.UUIDField(db_index=True)),
                ("course", models.TextField()),
                ("clause", models.IntegerField(default=0)),
                ("adoption", models.TextField(default="")),
                ("item", models.TextField(default="")),
                ("day", models.DateField()),
            ],
            options={
                "db_table": "gazette_comment",
                "indexes": [models.Index(fields=["course", "clause", "day", "id"], name="gazette_comments")],
            },
        ),
    ]
