"""The wall: a screen for the meeting room that shows a district's work at five metres."""
