"""Addresses of the design system: the switches, and a page that shows every piece on sample values."""

from django.urls import path

from fazhi.web.faces.appearance import set_appearance
from fazhi.web.faces.gallery import gallery

app_name = "faces"
urlpatterns = [path("appearance/", set_appearance, name="appearance"), path("", gallery, name="gallery")]
