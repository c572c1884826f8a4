"""Side-by-side benchmarks against peers: one run, the same documents, the same questions."""
