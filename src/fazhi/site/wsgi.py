"""The server entry; every page is loaded before the first request, so that a broken one is seen at the start."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fazhi.site.settings")
application = get_wsgi_application()
import_module("fazhi.site.urls")
