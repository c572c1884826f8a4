"""Items in the exports of publishing systems that are no release which was published."""

from __future__ import annotations

_OTHER_KINDS = frozenset(
    ("attachment", "page", "nav_menu_item", "revision", "custom_css", "customize_changeset",
     "oembed_cache", "user_request", "acf-field", "acf-field-group", "feedback", "comment",
     "settings", "template")
)  # fmt: skip
_UNPUBLISHED = frozenset(
    ("draft", "auto-draft", "pending", "private", "trash", "future", "inherit")
)


def why_no_release(kind: str, state: str) -> str | None:
    """What an item is, by the kind and the state that WordPress or Blogger gives it, where it is no
    release; None for one, and for an item of other systems, which state neither."""
    if kind in _OTHER_KINDS or kind.startswith("wp_"):
        return f"is no release but another item of an export ({kind})"
    return f"was not published ({state})" if state in _UNPUBLISHED else None
