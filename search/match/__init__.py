"""Query trees over arrays: one segment at a time, without a loop over documents.

`leaf` a segment with the statistics that scores need, `terms` the postings and scores of a term,
`evaluation` the tree, `expansions` prefixes, patterns and near words to terms, `phrases`
positions, `unions` sums over sets, `sets` the same in the compiled kernel, `memory` what is kept
from search to search, `fallback` Whoosh's own matchers for what has no array form.
"""

from search.match.leaf import Leaf, leaf_of
from search.match.query_tree import search_leaf

__all__ = ["Leaf", "leaf_of", "search_leaf"]
