"""Makes the pieces, their styles and their tags known to Django."""

from django.apps import AppConfig


class FacesConfig(AppConfig):
    name = "fazhi.web.faces"
    label = "faces"
