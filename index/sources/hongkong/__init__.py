"""Releases of the Hong Kong government, in every layout since 1997."""
