"""The programming interface: matters and published data as JSON."""
