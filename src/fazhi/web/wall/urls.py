"""The address of the wall."""

from django.urls import path

from fazhi.web.wall import board

app_name = "wall"
urlpatterns = [path("", board.wall, name="wall")]
