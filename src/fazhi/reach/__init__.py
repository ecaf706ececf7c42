"""Reach: which matters an actor may see, as grants, rows per unit and selections."""
