"""Worklist: what is due, when, for whom; my desk and the matter's page."""
