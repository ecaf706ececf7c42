"""The law core: procedures, facts, clocks and working days, pure and without a database."""
