"""Makes the portal's pages known to Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "fazhi.web.portal"
    label = "portal"
