"""Tracking: what a citizen sees of the matter they lodged."""
