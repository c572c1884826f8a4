"""How are the releases of the Hong Kong government read, in every layout since 1997?"""
