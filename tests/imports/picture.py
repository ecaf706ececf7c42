"""The whole record and every room as plain lines, without what must differ between two runs (run as a file)."""

import json
import os
import re
import sys
from typing import Any

import django

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOMENTS = {"recorded_at", "changed_at", "as_of", "entry_id"}


def paint() -> list[str]:
    """One line a matter, entry and row of a room, sorted. Random ids are named by what they stand for."""
    from django.db import connection

    from fazhi.ledger import followers, read_many
    from fazhi.people import parties

    def rows(statement: str) -> list[dict[str, Any]]:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            names = [column.name for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    matters = {row["id"]: row["key"] for row in rows("select id, key from ledger_matter")}
    names = {str(matter): f"<{key}>" for matter, key in matters.items()}
    people = [row["id"] for row in rows("select id from people_party")]
    for party in parties.clear_many(people).values():
        names[str(party.id)] = f"<party {party.name} {party.phone} {party.address}>"

    def plain(value: object) -> str:
        text = json.dumps(value, ensure_ascii=False, default=str, sort_keys=True)
        return UUID.sub(lambda found: names.get(found[0], found[0]), text)

    lines = [f"parties {len(people)}"]
    for view in read_many(list(matters)).values():
        head = [view.procedure, view.opened, view.unit, view.old_number, view.number]
        lines.append(plain([matters[view.id], "matter", head]))
        for line in view.entries:
            told = [line.seq, line.kind, line.day, line.moment, dict(line.fields), line.thread, line.unit, line.face]
            lines.append(plain([matters[view.id], "entry", *told, dict(view.body(line.seq) or {})]))
    for room in followers():
        for row in rows(f"select * from {room.table}"):
            kept = {name: value for name, value in row.items() if name not in MOMENTS and name != "id"}
            lines.append(plain([room.name, kept]))
    return sorted(lines)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fazhi.site.settings")
    from fazhi.site.opening import opened

    with opened():
        django.setup()
        sys.stdout.write("\n".join(paint()))
