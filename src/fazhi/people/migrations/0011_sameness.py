"""Who was found to be one person, and who not: added to and never changed."""

from django.db import migrations, models
from django.db.models import F, Q

FORWARD = """
create trigger stays before update or delete on people_same for each row execute function people_stays();
create trigger stays_whole before truncate on people_same for each statement execute function people_stays();
"""
BACKWARD = "drop trigger stays on people_same; drop trigger stays_whole on people_same;"


class Migration(migrations.Migration):
    dependencies = [("people", "0010_posts_part")]

    operations = [
        migrations.CreateModel(
            name="Sameness",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("one", models.UUIDField()),
                ("other", models.UUIDField()),
                ("same", models.BooleanField()),
                ("ground", models.CharField(max_length=16)),
                ("account", models.UUIDField(null=True)),
                ("post", models.UUIDField(null=True)),
                ("unit", models.UUIDField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "db_table": "people_same",
                "indexes": [
                    models.Index(fields=["one", "other", "-id"], name="same_pair"),
                    models.Index(fields=["other"], name="same_other"),
                ],
                "constraints": [models.CheckConstraint(condition=Q(one__lt=F("other")), name="same_in_order")],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
