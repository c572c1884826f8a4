"""Results -> plain view data, so that templates hold no logic."""
