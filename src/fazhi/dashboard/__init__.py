"""Boards of figures: views that a post keeps and shares, and alerts on a figure that become tasks, once."""
