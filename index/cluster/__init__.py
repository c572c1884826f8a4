"""What does a cluster hold of an index, and how is it spoken to?"""
