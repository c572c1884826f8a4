"""A time of day with its zone, as a text writes it -> ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.text.months import FOLDED_NUMERAL, chinese_number

_LETTER = r"[^\W\d_]"
_HOUR = {
    "utc": 0, "gmt": 0, "ut": 0, "z": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1,
    "cest": 2, "mesz": 2, "eet": 2, "sast": 2, "cat": 2, "eest": 3, "msk": 3, "eat": 3, "trt": 3,
    "wib": 7, "ict": 7, "hkt": 8, "sgt": 8, "myt": 8, "pht": 8, "awst": 8, "jst": 9, "kst": 9,
    "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "brt": -3, "art": -3, "adt": -3, "ast": -4,
    "edt": -4, "est": -5, "cdt": -5, "cst": -6, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8,
    "akdt": -8, "akst": -9, "hst": -10,
}  # fmt: skip
"""Hours east of Greenwich; names that mean several zones are read as RFC 822 (5.1) does."""
_MINUTES = {"acst": 570, "acdt": 630, "nst": -210, "ndt": -150, "npt": 345, "mmt": 390}

_ZONE = rf"(?P<zone>(?:gmt|utc)?\s?[+-]\d\d?(?::?[0-5]\d)?(?!\d)|{_LETTER}{{1,5}}(?!{_LETTER}))?"
_ISO_TIME = re.compile(rf"t(?P<h>\d\d):?(?P<m>\d\d)?:?(?P<s>\d\d)?(?:[.,]\d+)?\s?{_ZONE}")
_TIME = re.compile(
    rf"(?:(?P<before>{_LETTER}{{3,4}}) )?(?<![\d:.,/-])(?P<h>[0-2]?\d)"
    rf"(?:(?:[:.]|\s?h\s?|\s?uhr\s)(?P<m>[0-5]\d))(?:[:.](?P<s>[0-6]\d)(?:[.,]\d+)?)?(?!\d)"
    rf"\s?(?:(?P<half>[ap])\.?\s?m\b\.?)?,?\s?\(?{_ZONE}"
)
_TIME_OF_HOUR = re.compile(
    rf"(?<![\d:.,/-])(?P<h>[01]?\d)\s?(?P<half>[ap])\.?\s?m\b\.?,?\s?\(?{_ZONE}"
)
EAST_ASIAN_TIME = re.compile(
    rf"(?P<place>香港时间|北京时间)?\s?(?P<part>上午|下午|晚上|中午|凌晨|早上|傍晚|午前|午后|오전|오후)?"
    rf"\s?(?P<h>\d\d?|{FOLDED_NUMERAL}{{1,3}})\s?[时点時시:]\s?"
    rf"(?:(?P<half>半)|(?P<m>\d\d?|{FOLDED_NUMERAL}{{1,3}})\s?(?:分|분|(?!\d)))?"
)
"""A time of day in folded Chinese, Japanese or Korean."""
_AFTER_NOON = ("下午", "晚上", "傍晚", "午后", "오후")
_BEFORE_NOON = ("上午", "凌晨", "早上", "午前", "오전")


def read_moment(date: str, before: str, after: str) -> str | None:
    """ISO 8601 moment from an ISO day and the folded text on either side of where it stood.

    None unless there is a time of day with a zone that we know.
    """
    for match in _candidates(before, after):
        parts = match.groupdict()
        offset = _offset(parts["zone"] or "") or _offset(parts.get("before") or "")
        clock = clock_time(parts["h"], parts.get("m"), parts.get("s"), half=parts.get("half"))
        return f"{date}T{clock}{offset}" if clock and offset else None
    return _east_asian_moment(date, f"{before}\n{after}")


def clock_time(
    hour: str, minute: str | None = None, second: str | None = None, *, half: str | None = None
) -> str | None:
    """`hh:mm` or `hh:mm:ss` on the 24-hour clock, or None if there is no such time.

    :param half: `a` or `p` where the 12-hour clock is meant.
    """
    h, m = int(hour), int(minute or 0)
    if half and 1 <= h <= 12:
        h = h % 12 + (12 if half == "p" else 0)
    if h > 23 or m > 59:
        return None
    # 60 is a leap second: no calendar of ours knows it
    return f"{h:02}:{m:02}" + (f":{min(int(second), 59):02}" if second else "")


def east_asian_clock(match: re.Match[str]) -> str | None:
    """`hh:mm` for a match of `EAST_ASIAN_TIME`, or None if there is no such time."""
    hour = chinese_number(match["h"])
    minute = 30 if match["half"] else chinese_number(match["m"]) if match["m"] else 0
    if hour is None or minute is None:
        return None
    if match["part"] in _AFTER_NOON and hour < 12:
        hour += 12
    elif match["part"] in _BEFORE_NOON and hour == 12:
        hour = 0
    return clock_time(str(hour), str(minute))


def _candidates(before: str, after: str) -> Iterator[re.Match[str]]:
    iso = _ISO_TIME.match(after)
    around = f"{before} \n {after}"
    found = (iso, _TIME.search(around), _TIME_OF_HOUR.search(around))
    return (match for match in found if match is not None)


def _east_asian_moment(date: str, text: str) -> str | None:
    match = EAST_ASIAN_TIME.search(text)
    if match is None or match["place"] is None:
        return None
    clock = east_asian_clock(match)
    return f"{date}T{clock}+08:00" if clock else None


def _offset(zone: str) -> str:
    """`+08:00` for `+0800`, `GMT+8`, `HKT`; an empty string for what we do not know."""
    zone = zone.strip()
    if zone in _HOUR or zone in _MINUTES:
        minutes = _MINUTES.get(zone, _HOUR.get(zone, 0) * 60)
        return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    match = re.fullmatch(r"(?:gmt|utc)?\s?([+-])(\d\d?):?(\d\d)?", zone)
    if match is None or int(match[2]) > 14:
        return ""
    return f"{match[1]}{int(match[2]):02}:{match[3] or '00'}"
