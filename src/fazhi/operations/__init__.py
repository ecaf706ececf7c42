"""Operations: long work that a person asked for and the jobs process does: its share done, its end, its file."""
