"""What is new, changed or gone, and how does it come into the index in one step?"""
