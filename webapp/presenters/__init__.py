"""How do results become plain view data, so that templates hold no logic?"""
