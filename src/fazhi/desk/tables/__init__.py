"""Tables that others kept: read, understood column by column and row by row, and brought into the record."""
