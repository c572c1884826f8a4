"""How is a question put to a cluster?"""
