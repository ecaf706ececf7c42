"""Addresses of the design system: the switches, and a page that shows every piece on sample values."""

from django.urls import path

from fazhi.web.faces.appearance import set_appearance
from fazhi.web.faces.gallery import gallery
from fazhi.web.faces.understood import day

app_name = "faces"
urlpatterns = [
    path("appearance/", set_appearance, name="appearance"),
    path("day/", day, name="day"),
    path("", gallery, name="gallery"),
]
