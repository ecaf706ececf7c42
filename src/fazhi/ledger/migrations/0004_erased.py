"""Entries that erase are few, and asked for every few seconds: they are found without reading all the others."""

from django.db import migrations

FORWARD = "create index ledger_entry_erased on ledger_entry (id) where kind = 'erased'"
BACKWARD = "drop index ledger_entry_erased"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_resealing")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
