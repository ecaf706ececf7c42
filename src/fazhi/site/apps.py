"""Names the followers to the ledger when Django is ready."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "fazhi.site"
    label = "site"

    def ready(self) -> None:
        try:
            from fazhi.ledger.follow import register_followers
            from fazhi.site.followers import followers
        except ImportError:
            return

        register_followers(followers())
