"""Posts that granted rights beside other work part: each of the three administrators has a post of its own."""

import uuid
from typing import Any

from django.db import migrations

OFFICE = "安全管理"


def part(apps: Any, schema_editor: Any) -> None:
    """A post that granted rights beside its other work goes on with that work; the right to grant gets a post of its
    own, held by the same people, so that nobody is locked out. Who is to part from which is told on the health page."""
    Post, Holding = apps.get_model("people", "Post"), apps.get_model("people", "Holding")
    for post in Post.objects.using(schema_editor.connection.alias).filter(powers__contains=["grant"]):
        rest = [power for power in post.powers if power != "grant"]
        if not rest:
            continue
        own = Post(id=uuid.uuid4(), unit_id=post.unit_id, title=f"{post.title[:70]}（{OFFICE}）", powers=["grant"])
        own.title_en = f"{post.title_en[:90]} (security)" if post.title_en else ""
        own.since, own.until = post.since, post.until
        own.save(force_insert=True, using=schema_editor.connection.alias)
        post.powers = rest
        post.save(update_fields=["powers"])
        for held in Holding.objects.using(schema_editor.connection.alias).filter(post=post):
            Holding(post=own, account_id=held.account_id, since=held.since, until=held.until).save(
                force_insert=True, using=schema_editor.connection.alias
            )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0009_three_administrators"),
    ]

    operations = [
        migrations.RunPython(part, migrations.RunPython.noop),
    ]
