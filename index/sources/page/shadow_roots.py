"""What a page holds for elements of its own making (web components), set where a reader sees it."""

from __future__ import annotations

from typing import Any

_MODES = ("shadowrootmode", "shadowroot")


def show_shadow_roots(root: Any) -> None:
    """Makes boxes out of templates that a browser shows at once, with what stands beside them
    in the slots that they leave for it; other templates wait for a script."""
    for template in list(root.iter("template")):
        if any(template.get(mode) is not None for mode in _MODES):
            template.tag = "div"
            _fill_slots(template)


def _fill_slots(shown: Any) -> None:
    host = shown.getparent()
    slots: dict[str, Any] = {}
    for slot in shown.iter("slot"):
        slots.setdefault(slot.get("name") or "", slot)
    if host is None or not slots:
        return
    rest = slots.get("")
    if rest is not None and (shown.tail or "").strip():
        rest.text, shown.tail = f"{shown.tail} ", None
    for child in list(shown.itersiblings()):
        slot = slots.get(child.get("slot") or "")
        if slot is not None:
            slot.append(child)  # with the text behind it
