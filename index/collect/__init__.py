"""How do releases come from live sites into a folder that is indexed?"""
