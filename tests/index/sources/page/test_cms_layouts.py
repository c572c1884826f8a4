"""Releases in the layouts of common systems, with traps: what is read, and where bodies begin and end."""

from __future__ import annotations

import pytest

from tests.index.sources.page.layouts import (
    CARDS,
    FIRST,
    HEADLINE,
    MENU,
    PROSE,
    Layout,
    assert_read,
    html,
)

META = '<meta property="article:published_time" content="2024-05-03T10:00:00+00:00">'
LAYOUTS = [
    Layout(
        "WordPress block theme",
        html(
            f"<header class='wp-block-template-part'><nav>{MENU}</nav></header>"
            f"<main class='wp-block-group'><h1 class='wp-block-post-title'>{HEADLINE}</h1>"
            "<div class='wp-block-post-date'><time datetime='2024-05-03'>May 3, 2024</time></div>"
            f"<div class='entry-content wp-block-post-content'>{PROSE}"
            "<div class='sharedaddy sd-sharing-enabled'><h3>Share this:</h3><ul><li><a href='?f'>"
            "Click to share on Facebook</a></li></ul></div>"
            f"<div id='jp-relatedposts'><h3>Related</h3>{CARDS}</div></div>"
            "<div class='wp-block-post-author'>webmaster</div></main>",
            f'<meta property="og:site_name" content="Harbour Office">{META}',
        ),
        agency="Harbour Office",
    ),
    Layout(
        "Elementor, whose text is a widget",
        html(
            f"<div class='elementor-location-header'>{MENU}</div>"
            f"<div class='elementor-widget elementor-widget-heading'><div "
            f"class='elementor-widget-container'><h1>{HEADLINE}</h1></div></div>"
            "<div class='elementor-widget elementor-widget-post-info'><ul><li><span>3 May 2024"
            "</span></li></ul></div><div class='elementor-widget elementor-widget-theme-post-content'>"
            f"<div class='elementor-widget-container'>{PROSE}</div></div>"
            f"<div class='elementor-widget elementor-widget-posts'>{CARDS}</div>",
        ),
    ),
    Layout(
        "Drupal 7 node with regions",
        html(
            f"<div class='region region-navigation'>{MENU}</div><div id='main-content'>"
            f"<h1 class='page-header'>Press releases</h1><article class='node node-press-release'>"
            f"<header><h2 class='node-title'>{HEADLINE}</h2>"
            "<span class='submitted'>Submitted by <a href='/u/1'>aquill</a> on Fri, 03/05/2024 - "
            "09:30</span></header><div class='field field-name-body'><div class='field-items'>"
            f"<div class='field-item even'>{PROSE}</div></div></div>"
            "<div class='field field-name-field-tags'><div class='field-label'>Tags:</div>"
            "<a href='/t/1'>Piers</a></div></article></div>"
            f"<div class='region region-sidebar-second'><h2>More like this</h2>{CARDS}</div>",
            title="Press releases | port.example",
            lang="en-GB",
        ),
    ),
    Layout(
        "Drupal 10 with USWDS and a government banner",
        html(
            "<section class='usa-banner'><p>An official website of the Example government</p><p>"
            "Here’s how you know that you are on a site of the government, and what that means for "
            "what you send to it.</p></section>"
            f"<header class='usa-header'><div class='usa-logo'><a href='/'>Port Authority</a></div>"
            f"<nav class='usa-nav'>{MENU}</nav></header><main class='main-content usa-layout-docs'>"
            f"<p class='kicker'>News release</p><h1>{HEADLINE}</h1><p>May 3, 2024</p>"
            f"<div class='usa-prose'>{PROSE}<p>###</p><p>Contact: Ada Quill, 555-0100</p></div></main>"
            "<footer class='usa-footer'><a href='#'>Return to top</a></footer>",
        ),
        agency="Port Authority",
    ),
    Layout(
        "TYPO3 news with a kicker in the heading",
        html(
            f"<nav>{MENU}</nav><div class='news news-single'><div class='article'>"
            f"<h1><span class='dachzeile'>Häfen</span> {HEADLINE}</h1>"
            "<time itemprop='datePublished' datetime='2024-05-03'>03.05.2024</time>"
            f"<div class='news-text-wrap'>{PROSE}</div><div class='news-backlink-wrap'>"
            "<a href='/news'>Zurück</a></div></div></div>",
            f'<meta property="og:title" content="{HEADLINE}">',
            title="Einzelansicht - Hafenamt",
            lang="de",
        ),
        agency="Hafenamt",
    ),
    Layout(
        "Government Site Builder with hidden headings",
        html(
            "<h1 class='aural'>Navigation und Service</h1><p class='navSkip'>Springe direkt zu:</p>"
            f"<div id='navPrimary'><h2 class='aural'>Hauptmenü</h2>{MENU}</div><div id='content'>"
            f"<div class='singleview'><h1 class='isFirstInSlot'>{HEADLINE}</h1>"
            "<p><span>Datum</span> 03.05.2024</p><p class='picture'>Der Ostpier "
            f"<span>Quelle: Hafenamt</span></p>{PROSE}<div class='sectionRelated'><h2>Pressekontakt"
            "</h2><ul class='links'><li><a href='/p'>Pressestelle</a></li></ul></div>"
            "<div class='docData stand'>Stand: 03.05.2024</div></div></div>"
            "<div id='supplement'><h2>Zusatzinformationen</h2><h3>Mehr zum Thema</h3>"
            f"{MENU}</div><p>© Bundesanstalt für Häfen</p>",
            title=f"BfH - Pressemitteilungen - {HEADLINE}",
            lang="de",
        ),
        agency="Bundesanstalt für Häfen",
    ),
    Layout(
        "Liferay asset publisher",
        html(
            f"<header id='banner' role='banner'><nav>{MENU}</nav></header><section id='content'>"
            "<h1 class='hide-accessible'>Detalle de noticia</h1><div class='portlet-asset-publisher'>"
            f"<h2 class='asset-title'>{HEADLINE}</h2><div class='asset-metadata'>"
            "<span class='metadata-entry metadata-publish-date'>03/05/2024</span></div>"
            f"<div class='journal-content-article'>{PROSE}</div><div class='taglib-social-bookmarks'>"
            "<a href='t'>Twittear</a></div></div></section>",
            title="Detalle de noticia - Puertos",
            lang="es-ES",
        ),
    ),
    Layout(
        "SharePoint with a form around the page",
        html(
            "<form id='aspnetForm' action='x.aspx'><div id='s4-ribbonrow'>Menu</div>"
            f"<div id='sideNavBox'>{MENU}</div><div id='DeltaPlaceHolderMain'>"
            f"<h1>{HEADLINE}</h1><div class='date'>Friday, 3 May 2024</div>"
            f"<div class='ms-rtestate-field'>{PROSE}</div></div></form>",
        ),
    ),
    Layout(
        "Plone with a byline and document actions",
        html(
            f"<div id='portal-globalnav'>{MENU}</div><div id='content'><h1 "
            f"class='documentFirstHeading'>{HEADLINE}</h1><div class='documentByLine'>by Ada Quill — "
            "published 3 May 2024 12:00</div><div class='documentDescription'></div>"
            f"<div id='content-core'><div id='parent-fieldname-text'>{PROSE}</div></div>"
            "<div class='documentActions'><h5>Document Actions</h5><ul><li><a href='#'>Print this"
            "</a></li></ul></div></div>",
        ),
    ),
    Layout(
        "GOV.UK",
        html(
            "<a href='#content' class='gem-c-skip-link'>Skip to main content</a><div "
            "id='global-cookie-message'><p>We use some essential cookies to make this website work."
            f"</p></div><div class='govuk-width-container'><main><span>Press release</span><h1>"
            f"{HEADLINE}</h1><p class='gem-c-lead-paragraph'>Ferries call there again from Monday.</p>"
            "<div class='gem-c-metadata'><dl><dt>From:</dt><dd><a href='/o'>Harbour Office</a></dd>"
            "<dt>Published</dt><dd>3 May 2024</dd></dl></div><div class='gem-c-govspeak govuk-govspeak'"
            f">{PROSE}</div><div class='gem-c-share-links'><h2>Share this page</h2><ul><li><a "
            "href='f'>Share on Facebook</a></li></ul></div></main></div>",
        ),
        agency="Harbour Office",
        first="Ferries call there again from Monday.\n\nThe Harbour Office",
    ),
    Layout(
        "GOV.UK with notes to editors, which are part of the text",
        html(
            f"<main><h1>{HEADLINE}</h1><p>Published 3 May 2024</p>{PROSE}<p>ENDS</p>"
            "<h2>Notes to editors</h2><ol><li>The pier was built in 1901 and is listed.</li>"
            "<li>Pictures can be had from the press office of the Harbour Office.</li></ol></main>",
        ),
        last="Pictures can be had from the press office of the Harbour Office.",
    ),
    Layout(
        "a contact section that the page marks off",
        html(
            f"<main><h1>{HEADLINE}</h1><p>May 3, 2024</p>{PROSE}<h3>Media contact</h3>"
            "<p>Ada Quill</p><p>555-0100</p><p>press@port.example</p></main>",
        ),
    ),
    Layout(
        "Xinhua-like: source line, editor, share icons",
        html(
            f"<div class='header domPC'>{MENU}</div><div class='main'><h1>东码头修复九周后重新开放</h1>"
            "<div class='info'>2024-05-03 09:30:00 来源：海滨日报</div><div id='p-detail'>"
            "<p>　　海滨市五月三日电（记者 林晓）港务处处长三日对记者说，东码头经过九周修复，当天重新开放，渡轮周一恢复停靠。</p>"
            "<p>　　他表示，票价不变，夏季结束前狗可以免费乘船。</p></div><div class='zan-wap'>+1</div>"
            "<div class='adv'>【纠错】 【责任编辑:林晓】</div><h3>相关新闻</h3>" + MENU + "</div>",
            title="东码头修复九周后重新开放-海滨网",
            lang="zh",
        ),
        headline="东码头修复九周后重新开放",
        agency="海滨日报",
        first="海滨市五月三日电",
        last="夏季结束前狗可以免费乘船。",
    ),
    Layout(
        "TASS-like: date above, section, tags, more",
        html(
            "<div class='news-header'><div class='news-header__date'>3 мая 2024, 10:15</div>"
            "<a class='section' href='/o'>Общество</a><h1>Восточный причал снова открыт</h1></div>"
            "<div class='text-content'><p>ПРИМОРСК, 3 мая. /Порт/. Портовая служба открыла восточный "
            "причал после девяти недель ремонта, сообщил журналистам ее директор.</p><p>Паромы будут "
            "ходить каждые двадцать минут, цена билета не изменится.</p></div>"
            f"<div class='tags'><a href='/t'>Порты</a></div><h2>Читайте также</h2>{CARDS}",
            title="Восточный причал снова открыт - Портовые новости",
            lang="ru",
        ),
        headline="Восточный причал снова открыт",
        first="ПРИМОРСК, 3 мая.",
        last="цена билета не изменится.",
    ),
    Layout(
        "class names that hold words for furniture",
        html(
            f"<div class='sidebar-content-main'><h1>{HEADLINE}</h1><p>3 May 2024</p>"
            f"<div class='share-article-body'>{PROSE}</div></div>"
            f"<div class='sidebar'><h3>Latest news</h3>{CARDS}</div>",
        ),
    ),
    Layout(
        "a caption and a byline before the text",
        html(
            f"<article><h1>{HEADLINE}</h1><p class='byline'>By Ada Quill</p><time "
            "datetime='2024-05-03'>3 May 2024</time><div class='wp-caption'><img src='a.jpg' alt=''>"
            "<p class='wp-caption-text'>The east pier. Photo: Harbour Office</p></div>"
            f"{PROSE}</article>",
        ),
    ),
    Layout(
        "a list of sharing links between headline and text",
        html(
            f"<article><h1>{HEADLINE}</h1><p>3 May 2024</p><ul class='sns'><li>Print</li>"
            "<li>Share by email</li><li>Share on Facebook</li><li>Share on X</li></ul>"
            f"{PROSE}</article>",
        ),
    ),
    Layout(
        "comments below",
        html(
            f"<article><h1>{HEADLINE}</h1><p>3 May 2024</p>{PROSE}</article><div id='respond'>"
            "<h3>2 comments</h3><p>I am glad that the pier is open again, it was a long walk to the "
            "other one.</p><p>So am I.</p><h3>Leave a Reply</h3></div>",
        ),
    ),
    Layout(
        "a headline that holds a month and a year",
        html(
            f"<main><h1>Cargo by port: March 2024</h1><p>3 May 2024</p>{PROSE}</main>",
            title="Cargo by port: March 2024 | Port",
        ),
        headline="Cargo by port: March 2024",
    ),
    Layout(
        "a headline that begins with a year",
        html(
            f"<main><h1>2024 harbour budget</h1><p>3 May 2024</p>{PROSE}</main>",
            title="2024 harbour budget | Port",
        ),
        headline="2024 harbour budget",
    ),
    Layout(
        "section as h1, headline as h2, title of the site alone",
        html(
            f"<h1>Newsroom</h1><h2>{HEADLINE}</h2><p>3 May 2024</p>{PROSE}", title="Port Authority"
        ),
        agency="Port Authority",
    ),
    Layout(
        "a topic with a word for a body above the headline, the site's name in its metadata",
        html(
            f"<p>Ehrenamt und Hauptamt im Blick</p><h1>{HEADLINE}</h1><p>3. Mai 2024</p>{PROSE}",
            '<meta property="og:site_name" content="Bundesanstalt für Piere">',
            lang="de",
        ),
        agency="Bundesanstalt für Piere",
    ),
    Layout(
        "a web vendor in the footer",
        html(
            f"<main><h1>{HEADLINE}</h1><p>3 May 2024</p>{PROSE}</main><footer><p>Designed by "
            "Pixel Office</p><p>Powered by Content Authority</p></footer>",
        ),
        agency=None,
    ),
    Layout(
        "a menu word that is a kind of body",
        html(
            "<div><p>Departments</p><p>Services</p></div>"
            f"<main><h1>{HEADLINE}</h1><p>3 May 2024</p>{PROSE}</main>",
        ),
        agency=None,
    ),
    Layout(
        "a subtitle with a body in it",
        html(
            f"<main><h1>{HEADLINE}</h1><p>3 May 2024</p><p>Port Authority and unions agree at last"
            f"</p>{PROSE}</main>",
        ),
        agency=None,
        first="Port Authority and unions agree at last",
    ),
    Layout(
        "issued by a body with commas and an `and`",
        html(
            f"<main><h1>{HEADLINE}</h1><p>3 May 2024</p><p>Issued by: Harbour, Lights and Pilots "
            f"Commission</p>{PROSE}</main>",
        ),
        agency="Harbour, Lights and Pilots Commission",
    ),
    Layout(
        "old table page with breadcrumb cell and last-modified line",
        html(
            "<table><tr><td colspan=2>Home &gt; News</td></tr><tr><td>" + MENU + f"</td><td><b>"
            f"{HEADLINE}</b><br>May 3, 2024<br><br>{PROSE}<hr>Last modified: June 1, 2024</td></tr>"
            "</table>",
            title=f"Port - {HEADLINE}",
        ),
    ),
    Layout(
        "a quotation and a list inside the text, a table at its end",
        html(
            f"<main><h1>{HEADLINE}</h1><p>3 May 2024</p><p>{FIRST}</p><blockquote><p>“This is good,” "
            "she said.</p></blockquote><ul><li>adults: 5<ul><li>residents: 4</li></ul></li></ul>"
            "<table><tr><th>Day</th><th>First ferry</th></tr><tr><td>Monday</td><td>6.00</td></tr>"
            "<tr><td>Tuesday</td><td>6.20</td></tr></table></main>",
        ),
        last="Tuesday\t6.20",
    ),
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_release_in_the_layout_of_a_system(layout: Layout) -> None:
    assert_read(layout)
