"""Which day a release is of, how surely, and who says so."""
