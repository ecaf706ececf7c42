"""Fazhi (法治): a district government's rule-of-law work, recorded once, timed by statute, published and counted."""
