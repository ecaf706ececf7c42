"""Whose a letter is: what units are there for, the reading of letters in the record, and routing of the sure ones."""
