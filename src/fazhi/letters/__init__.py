"""Letters: templates of the rulebook filled from a matter, as paper, print page and one bound file."""
