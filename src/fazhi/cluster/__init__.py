"""The embedded PostgreSQL server under our own supervisor, and the folder of keys."""
