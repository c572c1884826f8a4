"""Who issued a release: gazetteers, and attribution by them."""
