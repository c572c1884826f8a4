"""Who issued a release, and by which rule do we know?"""
