"""Acts of administration at the command line go into the audit log too, with the user of the server who did them."""

import getpass

from fazhi.people import deeds


def note(verb: str, about: str, *, after: str = "") -> None:
    """Keep that it was done here; nothing of a password is ever among the words."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a server account without a name
        user = "?"
    deeds.note(None, verb, about, after=f"{after}（服务器用户 {user}）")
