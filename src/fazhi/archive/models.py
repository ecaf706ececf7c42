"""Files as the database knows them: id, digest, wrapped key, sealed name; the content lies in the data folder."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class File(models.Model):
    """One stored file. Erased ones keep id and digest, so that what referred to them still verifies."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=80)
    size = models.BigIntegerField()
    media = models.CharField(max_length=80)
    key = models.BinaryField(null=True)
    name = models.BinaryField(null=True)
    account = models.UUIDField(null=True)
    unit = models.UUIDField()
    put_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "archive_file"
        indexes: ClassVar = [models.Index(fields=["put_at"], name="archive_file_put")]

    def __str__(self) -> str:
        return str(self.pk)
