"""Acts of administration, kept as looks are: added to and never changed."""

from django.db import migrations, models

FORWARD = """
create trigger stays before update or delete on people_deed for each row execute function people_stays();
create trigger stays_whole before truncate on people_deed for each statement execute function people_stays();
create trigger at before insert on people_deed for each row execute function people_look_at();
"""
BACKWARD = "drop trigger stays on people_deed; drop trigger stays_whole on people_deed; drop trigger at on people_deed"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_looks_at_texts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Deed",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("account", models.UUIDField(null=True)),
                ("post", models.UUIDField(null=True)),
                ("unit", models.UUIDField(null=True)),
                ("verb", models.CharField(max_length=24)),
                ("about", models.CharField(max_length=240)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "indexes": [models.Index(fields=["-at", "-id"], name="deed_lately")],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
