"""Makes the wall's page known to Django."""

from django.apps import AppConfig


class WallConfig(AppConfig):
    name = "fazhi.web.wall"
    label = "wall"
