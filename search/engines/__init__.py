"""Which kinds of index can be searched?"""
