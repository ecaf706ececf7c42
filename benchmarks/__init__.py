"""The yardstick: a generator of a district's years of work, and what is measured on it."""
