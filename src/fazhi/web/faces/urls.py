"""Addresses of the design system: the switches, and in demonstrations a page that shows every piece."""

from django.conf import settings
from django.urls import URLPattern, path

from fazhi.web.faces.appearance import set_appearance
from fazhi.web.faces.gallery import gallery

app_name = "faces"
urlpatterns: list[URLPattern] = [path("appearance/", set_appearance, name="appearance")]
if settings.DEBUG or getattr(settings, "FAZHI_DEMO", False):
    urlpatterns.append(path("", gallery, name="gallery"))
