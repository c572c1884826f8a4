"""How are folders, archives and web captures opened?"""
