"""A Whoosh codec whose postings, positions, lengths and columns are numpy arrays on disk.

`files` the format of one file, `postings` and `terms` the inverted index, `columns`, `lengths`
and `stored` what stands beside a document, `segment` all of that opened, `whoosh_codec` the face
that Whoosh sees, `merge` segments into one, `bulk` documents into segments on all cores.
"""

from index.codec.whoosh_codec import DatelineCodec

__all__ = ["DatelineCodec"]
