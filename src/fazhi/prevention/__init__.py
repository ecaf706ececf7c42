"""Registers under watch: what lines tell of themselves, and those that must come under closer watch."""
