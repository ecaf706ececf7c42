"""The gazette: what has been published and may be read by everyone."""
