"""Three administrators kept apart: holdings that a second one confirms, and a chained log of what they do."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
drop trigger at on people_deed;
create function people_deed_at() returns trigger language plpgsql as $$
begin
    if abs(extract(epoch from clock_timestamp() - new.at)) > 60 then
        raise exception 'a deed is noted when it is done' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger at before insert on people_deed for each row execute function people_deed_at();
"""
BACKWARD = """
drop trigger at on people_deed;
drop function people_deed_at();
create trigger at before insert on people_deed for each row execute function people_look_at();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_second_step"),
    ]

    operations = [
        migrations.CreateModel(
            name="Nomination",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("by", models.UUIDField()),
                ("asked", models.DateTimeField(auto_now_add=True)),
                ("decided_by", models.UUIDField(null=True)),
                ("decided", models.DateTimeField(null=True)),
                ("confirmed", models.BooleanField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="nominations", to="people.account"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="nominations", to="people.post"
                    ),
                ),
            ],
        ),
        migrations.AlterField("deed", "at", models.DateTimeField()),
        migrations.AddField("deed", "before", models.TextField(blank=True, default="")),
        migrations.AddField("deed", "after", models.TextField(blank=True, default="")),
        migrations.AddField("deed", "prev", models.CharField(blank=True, default="", max_length=72)),
        migrations.AddField("deed", "digest", models.CharField(blank=True, default="", max_length=72)),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
