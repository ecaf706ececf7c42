"""`python -m fazhi.jobs`: the jobs process, as the server starts it."""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fazhi.site.settings")
    django.setup()
    from fazhi.jobs.loop import loop

    loop()
