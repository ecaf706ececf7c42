"""Tables of registers, version by version."""
