"""Doors for other programs: Open311 for what citizens ask, and the office as JSON by token."""
