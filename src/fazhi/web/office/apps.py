"""Makes the office's pages known to Django."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "fazhi.web.office"
    label = "office"
