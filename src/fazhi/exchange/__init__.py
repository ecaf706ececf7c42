"""Files exchanged every day with systems that exist: taken in, given back, and both sides held against each other."""
