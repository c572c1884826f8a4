"""Pages with lines for the press above a text, and metadata of a whole site: invented bodies."""

from __future__ import annotations

import pytest

from tests.index.sources.page.layouts import HEADLINE, PROSE, Layout, assert_read, html, read

_SUBTITLE = (
    "<p class='subtitle'>Engineers found older damage below the waterline than anybody knew</p>"
)
_OF_SITE = '<meta property="article:published_time" content="2024-01-01">'


def _for_press(lines: str) -> str:
    """A headline, a subtitle as long as a sentence, and a box for the press above the text."""
    return f"<main><h1>{HEADLINE}</h1>{_SUBTITLE}<div class='box'>{lines}</div>{PROSE}</main>"


_CHINESE = (
    "<h1>东码头经九周修复后重新开放迎接旅客</h1><p>2024年5月3日</p>"
    "<p>5月3日，东港市修复了东码头。渡轮从星期一起每二十分钟一班，末班船晚上十一点开往各岛，票价不变。</p>"
)

LAYOUTS = [
    Layout(
        "Under embargo, with whom to call; the day in the metadata is that of a template",
        html(
            _for_press(
                "<h4>Press Release</h4><p>Embargoed Until: Friday, May 3, 2024, 11 AM<br>Contact: "
                "<a href='/m'>Media</a><br>(404) 555-0100</p>"
            ),
            _OF_SITE,
        ),
    ),
    Layout(
        "For release at once, with a day and whom to call",
        html(
            _for_press(
                "<p><strong>For Immediate Release:</strong> Friday, May 3, 2024<br><strong>Contact:"
                "</strong> <a href='/m'>Media Relations</a>,<br>(404) 555-0100</p>"
            ),
            _OF_SITE,
        ),
    ),
    Layout(
        "Sperrfrist",
        html(_for_press("<p>Sperrfrist: 3. Mai 2024, 11 Uhr</p>"), _OF_SITE, lang="de"),
    ),
    Layout(
        "The office in a name of its own in the metadata, beside subjects in one line",
        html(
            "<div><span class='v'>Ministry of Ports</span> <span class='v'>Updates</span></div>"
            f"<h1>{HEADLINE}</h1><p>3 May 2024</p>{PROSE}",
            '<meta name="office" content="Ministry of Ports">',
            title=HEADLINE,
        ),
        agency="Ministry of Ports",
    ),
    Layout(
        "The line of rights in the metadata holds more than a name",
        html(
            f"<h1>{HEADLINE}</h1><p>3 May 2024</p>{PROSE}",
            '<meta name="copyright" content="Copyright (C) 2024 Ministry of Ports. All rights '
            'reserved.">',
            title=HEADLINE,
        ),
        agency="Ministry of Ports",
    ),
    Layout(
        "The same in other letters than the page, whose title has the name in its own",
        html(
            _CHINESE,
            '<meta name="copyright" content="Copyright (C) Harbour Bureau of Easthaven.">',
            title="东码头经九周修复后重新开放迎接旅客｜东港市港务局",
            lang="zh",
        ),
        headline="东码头经九周修复后重新开放迎接旅客",
        agency="东港市港务局",
        first="5月3日，东港市修复了东码头。",
        last="末班船晚上十一点开往各岛，票价不变。",
    ),
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=[each.name for each in LAYOUTS])
def test_what_stands_for_the_press_and_for_a_site(layout: Layout) -> None:
    assert_read(layout)


def test_an_element_called_for_issuers_is_no_guess_as_a_letterhead_is() -> None:
    line = (
        "<span class='publisher'>Alder Port Authority</span> <span class='day'>Published 3.5.2024 "
        "9.15</span> <span class='kind'>Bulletin</span>"
    )
    page = html(f"<h1>{HEADLINE}</h1><div>{line}</div>{PROSE}", title=f"{HEADLINE} - Government")
    draft = read(page)
    assert (draft.stated_agency, draft.stated_agency_rule) == ("Alder Port Authority", "from-line")
