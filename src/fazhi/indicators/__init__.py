"""Indicators: values counted from recorded facts, each opening down to its records."""
