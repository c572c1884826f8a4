"""Texts of all that the analysis path treats differently, for tests of properties."""

from __future__ import annotations

from hypothesis import strategies as st

MIXED = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "abcxyzABCéüßøØ'’‘ʻ`-&.,+#  019 十一月二十六日衞衛生署香港ＡＢ\u200b\u00a0カ한ไ"
        ),
        st.characters(),
    ),
    max_size=80,
)
