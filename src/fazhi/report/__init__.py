"""The report: an outline composed with indicator readings into the annual report."""
