"""Figure coverage: sample districts whose records, made through the desk, give back the figures of five reports."""
