"""Which releases match, with which scores, in which order?"""

from search.match.leaf import Leaf, leaf_of
from search.match.query_tree import search_leaf

__all__ = ["Leaf", "leaf_of", "search_leaf"]
