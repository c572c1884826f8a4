"""Times of day: every zone by its name, the edges of the clock, East Asian hours."""

from __future__ import annotations

import pytest

from index.dates.date_strings import read_date

ZONES = {
    "+00:00": "UTC GMT UT Z WET", "+01:00": "WEST BST CET MEZ", "+02:00": "CEST MESZ EET SAST CAT",
    "+03:00": "EEST MSK EAT TRT", "+05:45": "NPT", "+06:30": "MMT", "+07:00": "WIB ICT",
    "+08:00": "HKT SGT MYT PHT AWST", "+09:00": "JST KST", "+09:30": "ACST", "+10:00": "AEST",
    "+10:30": "ACDT", "+11:00": "AEDT", "+12:00": "NZST", "+13:00": "NZDT", "-02:30": "NDT",
    "-03:00": "BRT ART ADT", "-03:30": "NST", "-04:00": "AST EDT", "-05:00": "EST CDT",
    "-06:00": "CST MDT", "-07:00": "MST PDT", "-08:00": "PST AKDT", "-09:00": "AKST",
    "-10:00": "HST",
}  # fmt: skip
"""As the IANA's database has them; `CST` and its like as RFC 822 reads them."""


def moment(text: str) -> str | None:
    found = read_date(text, "feed")
    assert found is not None
    assert found.date == "2010-06-03"
    return found.issued_at


@pytest.mark.parametrize(
    ("zone", "offset"), [(name, offset) for offset in ZONES for name in ZONES[offset].split()]
)
def test_a_zone_by_its_name(zone: str, offset: str) -> None:
    assert moment(f"3 June 2010 12:30 {zone}") == f"2010-06-03T12:30{offset}"
    assert moment(f"3 June 2010, 12:30:15 ({zone.lower()})") == f"2010-06-03T12:30:15{offset}"


@pytest.mark.parametrize(
    ("stated", "clock"),
    [
        ("00:00 HKT", "00:00"), ("23:59 HKT", "23:59"), ("24:00 HKT", None), ("24:10 HKT", None),
        ("0:05 HKT", "00:05"), ("12:00 am HKT", "00:00"), ("12:00 pm HKT", "12:00"),
        ("11:59 p.m. HKT", "23:59"), ("1 a.m. HKT", "01:00"), ("13 p.m. HKT", "13:00"),
        ("12:30 GMT+8", "12:30"), ("12:30 +0800", "12:30"), ("12:30 +08", "12:30"),
        ("12:30 +15:00", None),
    ],
)  # fmt: skip
def test_the_edges_of_the_clock(stated: str, clock: str | None) -> None:
    assert moment(f"3 June 2010 {stated}") == (clock and f"2010-06-03T{clock}+08:00")


@pytest.mark.parametrize(
    ("stated", "clock"),
    [
        ("香港時間4時半", "04:30"), ("香港時間下午4時半", "16:30"), ("香港時間4時", "04:00"),
        ("北京时间十二时", "12:00"), ("香港時間上午十二時五分", "00:05"),
        ("香港時間下午十二時五分", "12:05"), ("香港時間十一時五十九分", "11:59"),
        ("香港時間晚上十一時", "23:00"), ("香港時間二十四時", None), ("香港時間十十時", None),
        ("香港時間4時六十分", None), ("下午4時46分", None),
    ],
)  # fmt: skip
def test_hours_as_east_asia_writes_them(stated: str, clock: str | None) -> None:
    assert moment(f"2010年6月3日 {stated}") == (clock and f"2010-06-03T{clock}+08:00")
