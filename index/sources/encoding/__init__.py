"""How do bytes of any encoding become text?"""
