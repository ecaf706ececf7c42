"""Statutes and documents by article and by the days they are in force."""
