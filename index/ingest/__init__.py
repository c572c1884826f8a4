"""Building an index: what is new, changed or gone, in one step and with a report."""
