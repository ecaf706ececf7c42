"""The settings of the site with both middlewares of `watched` in their places."""

from fazhi.site import settings as own

globals().update({name: getattr(own, name) for name in dir(own) if name.isupper()})
MIDDLEWARE = ["watched.tell_templates", *own.MIDDLEWARE, "watched.break_there"]
