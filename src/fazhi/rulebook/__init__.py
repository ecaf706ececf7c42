"""The rulebook: pages of procedures, indicators and report outlines, read and checked."""
