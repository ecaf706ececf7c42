"""Search: words of matters within what the reader may see."""
