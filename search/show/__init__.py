"""What of a release is shown for a search, and what in it is marked?"""
