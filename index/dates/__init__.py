"""Which day is a release of, how surely, and who says so?"""
