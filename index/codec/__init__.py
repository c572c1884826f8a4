"""How do terms, postings and columns lie on disk, and who writes, reads and merges them?"""

from index.codec.whoosh_codec import DatelineCodec

__all__ = ["DatelineCodec"]
