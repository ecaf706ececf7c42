"""Registers: lists whose lines stand from day to day, with their history, as office and public may read them."""
