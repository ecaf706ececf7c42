"""The ledger: entries chained by matter, sealed, verified, and folded into rooms by followers."""
