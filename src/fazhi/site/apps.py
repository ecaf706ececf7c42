"""Names the followers to the ledger when Django is ready, and lays the grants after migrations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.apps import AppConfig, apps
from django.core.signals import request_started
from django.db.models.signals import post_migrate

from fazhi.site.migrate import grant

if TYPE_CHECKING:
    from fazhi.operations.perform import Performer


class SiteConfig(AppConfig):
    name = "fazhi.site"
    label = "site"

    def ready(self) -> None:
        from fazhi.desk.consulting import consult_with
        from fazhi.ledger.adopted import look_again
        from fazhi.ledger.digest import check_algorithm
        from fazhi.ledger.follow import register_followers
        from fazhi.operations.perform import perform_with
        from fazhi.registers.consult import lines_saying
        from fazhi.site.followers import followers

        check_algorithm()
        register_followers(followers())
        consult_with(lines_saying)
        perform_with(performers)
        request_started.connect(lambda **_: look_again(), weak=False, dispatch_uid="fazhi.local_pages")
        # any one app that has models will do: the signals come when every migration is done
        post_migrate.connect(grant, sender=apps.get_app_config("sessions"), dispatch_uid="fazhi.grants")


def performers() -> Mapping[str, Performer]:
    """How each kind of long work is done; looked up when the first is to be done, for the pages know it."""
    from fazhi.web.office.performers import PERFORMERS

    return PERFORMERS
