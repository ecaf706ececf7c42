"""A district whose letters office exchanges files with the hotline, and its enforcement bureau with the platform."""

from __future__ import annotations

from district import District, lay


def laid() -> District:
    """The district with links to both partners."""
    from fazhi.exchange import links

    made = lay()
    made.unit("信访局", "区政府", organ_code="福访")
    made.clerk("信访员", "信访局", "record", "reveal", "publish", "approve", "lead")
    made.grant("信访员", "区政府", secrecy=1)
    links.link(links.page_of("hotline"), made.units["区政府"])
    links.link(links.page_of("enforcement"), made.units["城管局"])
    return made
