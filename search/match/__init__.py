"""Which releases match, with which scores, in which order?"""
