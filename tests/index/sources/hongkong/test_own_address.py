"""Where a page of a release lies, from whichever of its parts says so; its folder from its day."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from index.dates.date_strings import FoundDate
from index.sources.draft import Document
from index.sources.hongkong.address import Address
from index.sources.hongkong.page_addresses import own_address

NUMBER = "P2031050400123"
DAY = FoundDate("2031-05-04", "day", "footer")
PICTURE = '<a class="fancybox" href="https://gia.info.gov.hk/general/203106/07/P2031_photo_1.jpg">'
BACK = '<div class="resContentBackTop"><a href="/gia/general/203106/07.htm">Back</a></div>'
OF_FOLDER, OF_DAY = Address(NUMBER, "203106", "07"), Address(NUMBER, "203105", "04")


@pytest.mark.parametrize(
    ("html", "footer", "address"),
    [
        ("", DAY, OF_DAY),
        ("", None, Address(NUMBER)),
        ("", FoundDate("2031-05", "month", "footer"), Address(NUMBER)),
        ("", FoundDate(None, "none", "footer"), Address(NUMBER)),
        (PICTURE, DAY, OF_FOLDER),
        (BACK, DAY, OF_FOLDER),
        (BACK, None, OF_FOLDER),
        (BACK.replace("resContent", "resChiContent").replace("07.", "07c."), None, OF_FOLDER),
        ('<a class="fancybox">no address</a>' + PICTURE, DAY, OF_FOLDER),
        ('<a class="fancybox" href="/elsewhere.jpg"></a>' + BACK, DAY, OF_FOLDER),
        ('<a href="/gia/general/203106/07.htm">another day</a>', DAY, OF_DAY),
        (f'<link rel="canonical" href="/gia/general/203106/07/{NUMBER}.htm">', DAY, OF_FOLDER),
    ],
)
def test_the_folder_is_what_the_page_says_else_the_day_of_its_footer(
    html: str, footer: FoundDate | None, address: Address
) -> None:
    document = Document(name=f"saved/{NUMBER}.htm", data=b"")
    assert own_address(BeautifulSoup(html, "lxml"), document, footer) == address


@pytest.mark.parametrize(
    "html",
    [
        f'<a href="/gia/general/{NUMBER.lower().replace("p", "P")}p.htm">Print</a>',
        f'<a href="{NUMBER}_print.html">Print</a>',
        f"<script>$('option[value=\"{NUMBER}\"]').attr('selected', true)</script>",
    ],
)
def test_the_number_stands_in_the_print_link_or_in_the_list_of_the_day(html: str) -> None:
    soup = BeautifulSoup(html, "lxml")
    assert own_address(soup, Document(name="P2000010100001.htm", data=b""), DAY) == OF_DAY
    assert own_address(soup, Document(name="page", data=b""), DAY) == OF_DAY
    assert own_address(BeautifulSoup("", "lxml"), Document(name="page", data=b""), DAY) is None
