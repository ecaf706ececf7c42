"""Reminders: who is told what falls due, came back or waits, when it may be sent, and the ladder of a warning."""
