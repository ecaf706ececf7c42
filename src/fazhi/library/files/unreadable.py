"""A file that cannot be read as text, with the reason and what to do."""


class Unreadable(ValueError):
    """The message tells the person who gave the file what is wrong with it and what would help."""
