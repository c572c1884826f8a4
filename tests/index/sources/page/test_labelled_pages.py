"""Pages of an invented ministry with days of their own, that their labels show to be no releases."""

from __future__ import annotations

import pytest

from index.sources.draft import Document, Draft, Refusal
from index.sources.page import webpage

PROSE = (
    "<p>The Ministry said on Friday that the ferry to the outer isles runs again from Monday, after a "
    "winter in which the mail went by helicopter. “We have kept our word,” said Ada Quill.</p>"
    "<p>Fares stay as they were, and dogs travel free of charge until the end of the season.</p>"
)


def read(body: str, title: str = "Ministry of Ports", lang: str = "en") -> Draft | Refusal:
    html = (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>{title}</title></head><body><header>'
        "<a href='/'>Ministry of Ports</a></header><nav><a href='/news'>News</a></nav>"
        f"<main>{body}</main><footer><p>© Ministry of Ports</p></footer></body></html>"
    )
    (found,) = webpage.read(html, Document(name="mirror/page.html", data=b""))
    return found


def lines(*values: str) -> str:
    return "".join(f"<p>{value}</p>" for value in values)


PAGES = {
    "a tender by its labels": "<h1>Compactor lorry for the harbour</h1><p>Publicado: 12/03/2024</p>"
    + lines(
        "<b>Objeto:</b> un camión",
        "Presupuesto oficial: $ 98.500",
        "Apertura de ofertas: el 4 de abril",
    )
    + PROSE,
    "a numbered tender": "<h1>Уборка причалов</h1><p>15.04.2024</p>"
    + lines("1. Заказчик: Порт", "2. Предмет контракта: уборка.", "3. Обеспечение заявки: 1 %"),
    "a tender by its headline": f"<h1>Invitation to Tender: dredging of the bar</h1><p>3 May 2024</p>{PROSE}",
    "a tender by its headline and a label": "<h1>Avis d'appel d'offres pour le dragage de la barre</h1>"
    f"<p>3 mai 2024</p><p>Numéro de l'avis : 7</p><p>Tender number: 7</p>{PROSE}",
    "minutes": f"<h1>Minutes of the Harbour Board meeting, 3 May 2024</h1>{PROSE}",
    "a tender in Chinese": "<h1>港务局办公设备采购公告</h1><p>2024-05-03</p><p>港务局现采购办公设备一批，欢迎合格供应商参加投标。</p>",
    "a vacancy by its labels": "<h1>Pilot of the outer bar</h1><p>Posted: 3 May 2024</p>"
    + lines("Closing date: 2 June 2024", "Location: Easthaven", "Salary: $82,000")
    + PROSE,
    "a vacancy for any sex": f"<h1>Lotse (m/w/d)</h1><p>3. Mai 2024</p>{PROSE}",
    "a data set": f"<h1>Tide heights 2023</h1><p>3 May 2024</p>{PROSE}<h2>Data and Resources</h2>"
    "<p>Heights (CSV)</p><h3>Additional Info</h3><p>Maintainer: the tide office</p>",
    "a consultation": f"<h1>New rules for moorings</h1><p>Opened 3 May 2024</p>{PROSE}"
    "<h2>Why your views matter</h2><p>They do.</p><h2>Give us your views</h2><p>Survey</p>",
    "a publication": "<h1>Jahrbuch der Häfen</h1><p>3. Mai 2024</p><dl><dt>Seiten:</dt><dd>84</dd>"
    f"<dt>ISSN:</dt><dd>1234-5678</dd><dt>Preis:</dt><dd>kostenlos</dd></dl>{PROSE}",
    "an event and what it costs": "<h1>Museum night at the old pier</h1><p>3 May 2024</p>"
    + lines("<b>When:</b> Saturday at six", "<b>Where:</b> the old pier", "<b>Cost:</b> free")
    + PROSE,
    "an office": "<h1>Easthaven pier office</h1>"
    + lines("Address: Quay 4", "Opening hours: 9 to 5", "Telephone: 555 0133")
    + PROSE,
    "an agenda": "<h1>Harbour Board Meeting Agenda</h1><p>3 May 2024</p><p>The board will hear the "
    "report of the harbour master and vote on the fares of the coming season.</p>",
    "figures to choose from": f"<h1>Berths</h1><p>Data as at 3 May 2024</p>{PROSE}",
    "a portrait with a day": "<h1>Miriam O. Castell</h1><p>Deputy Secretary</p><figure><img src='m.jpg'>"
    "<figcaption>Official portrait, taken March 3, 2023</figcaption></figure><p>Miriam O. Castell was "
    "sworn in as Deputy Secretary in February. She holds a bachelor's degree in engineering.</p>",
    "a page that is gone": "<h1>Esta página mudou</h1><p>Pedimos desculpas, mas a página que você "
    "procura não existe neste endereço. Use a busca no topo da página.</p>",
    "a film": "<h1>Video: Minister visits the wall</h1><p>3 May 2024</p><p>The Minister sees the old wall."
    "</p><p>The wall at high tide.</p>",
    "a form": f"<h1>E-mail this page to a friend</h1>{PROSE}",
}
TITLES = {"figures to choose from": "Berth Dashboard | Ministry of Ports"}


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_of_another_kind_is_refused(kind: str) -> None:
    found = read(PAGES[kind], TITLES.get(kind, "Ministry of Ports"))
    assert isinstance(found, Refusal), found


ABOUT_NOTICES = (
    "Request for Proposals Issued for Broadband Expansion",
    "RFI released for offshore wind",
    "Call for tenders launched for new ferry line",
    "Open invitation to bidders announced by Minister Quill",
    "Öffentliche Ausschreibung für Breitband startet im Mai",
    "Edital de licitação é publicado para obras do cais",
    "Bando di gara per il nuovo molo, al via i lavori",
    "Agenda of the harbour masters' meeting agreed",
)
RELEASES = {
    **dict.fromkeys(ABOUT_NOTICES, PROSE),
    "Ministry Launches New Berth Dashboard": PROSE,
    "Applications open for 120 pilots": f"{PROSE}<p>Closing date: 30 June</p><p>Location: Easthaven</p>",
    "Contract awarded for the dredger": f"{PROSE}<p>Contract value: $4 million</p><p>Scope of work: the bar</p>",
    "Have your say on moorings": f"{PROSE}<h2>How to respond</h2><p>By post.</p><h2>What happens next</h2>",
    "Ada Quill appointed Director of Ports": "<p>The Minister appointed Ada Quill as Director of Ports. "
    "Ms Quill was born in Easthaven and graduated from its university.</p>" + PROSE,
    "Minister Quill sworn in": "<p>Ada Quill was sworn in on Friday. She was first elected in 2015 by "
    "the people of the outer isles.</p>" + PROSE,
    "Video: Minister opens the pier": PROSE,
    "Press invited to the old pier": "<p>Who: Ada Quill</p><p>When: Saturday at six</p><p>Where: the "
    f"old pier</p><p>Registration: by Friday</p>{PROSE}",
    "Museum night at the old pier, says Ministry": f"{PROSE}<p>When: at six</p><p>Where: the pier</p>"
    "<p>Cost: free</p>",
    "Robbery at the chandler's": "<p>Date: 3 May 2024</p><p>Time: 2:14 am</p><p>Location: Quay 4</p>"
    + PROSE,
}


@pytest.mark.parametrize("headline", RELEASES)
def test_a_release_with_some_of_their_labels_is_a_release(headline: str) -> None:
    found = read(f"<h1>{headline}</h1><p>3 May 2024</p>{RELEASES[headline]}")
    assert isinstance(found, Draft), found
    assert found.headline == headline


TEASERS = (
    "<article><h2><a href='/1'>The dredger has come back to the bar</a></h2><p>3 May 2024</p><p>The "
    "dredger has come back to the bar after nine weeks in the yard of Easthaven …</p></article>"
)


@pytest.mark.parametrize(
    "label", ["Etiqueta: dragas", "Tag: dredgers", "Рубрика: порты", "標籤：港口"]
)
def test_what_has_a_label_is_a_list(label: str) -> None:
    found = read(f"<h1>{label}</h1>{TEASERS}")
    assert isinstance(found, Refusal), found


def test_a_page_whose_system_calls_it_an_archive_is_a_list() -> None:
    page = (
        "<html><head><title>Harbour news</title></head><body class='archive category-9'><h1>Harbours in "
        f"the news again</h1>{TEASERS}</body></html>"
    )
    (found,) = webpage.read(page, Document(name="mirror/page.html", data=b""))
    assert isinstance(found, Refusal)
    single = page.replace("archive category-9", "single single-post")
    (found,) = webpage.read(
        single.replace("<article>", f"{PROSE}<article>"), Document(name="p", data=b"")
    )
    assert isinstance(found, Draft)
