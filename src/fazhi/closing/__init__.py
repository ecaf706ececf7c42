"""The close of a year: figures frozen so that they are found again, and open work carried to the next year."""
