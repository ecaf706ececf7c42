"""Search: words, parts of words, names and numbers, within the rights of the one who asks."""
