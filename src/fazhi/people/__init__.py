"""People: the dated tree of units, posts and accounts, and the parties whose personal data is kept encrypted."""
