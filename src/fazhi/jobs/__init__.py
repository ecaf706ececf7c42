"""Jobs: what runs by itself, by the clock or after an entry."""
