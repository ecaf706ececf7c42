"""The web doors: the office, the portal and the design system they share."""
