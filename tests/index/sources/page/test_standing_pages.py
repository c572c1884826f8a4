"""Pages of an invented ministry's mirror that are no releases: each is refused with the reason."""

from __future__ import annotations

import pytest

from index.sources.draft import Document, Draft, Refusal
from index.sources.page import webpage

MENU = (
    "<header><div class='logo'><a href='/'>Ministry of Ports</a></div></header><nav><ul>"
    "<li><a href='/about'>About us</a></li><li><a href='/news'>News</a></li>"
    "<li><a href='/contact'>Contact</a></li></ul></nav>"
)
FOOT = "<footer><p>© Ministry of Ports</p><ul><li><a href='/privacy'>Privacy</a></li></ul></footer>"
PROSE = (
    "<p>The Ministry looks after harbours, lights and pilots along the whole coast, and it has done "
    "so since the first pier was built. It answers to the Assembly for what it does.</p>"
    "<p>Staff work in four directorates, each of which has an office at one of the large harbours. "
    "The offices are open on working days and can be reached by telephone.</p>"
)


def read(
    body: str, title: str, name: str = "mirror/page.html", lang: str = "en"
) -> Draft | Refusal:
    html = (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>{title}</title></head><body>{MENU}'
        f"<main>{body}</main>{FOOT}</body></html>"
    )
    (found,) = webpage.read(html, Document(name=name, data=b""))
    return found


def reason(found: Draft | Refusal) -> str:
    assert isinstance(found, Refusal), found
    return found.reason


@pytest.mark.parametrize(
    ("lang", "heading"),
    [
        ("en", "About us"),
        ("en", "About the Ministry"),
        ("en", "Contact us"),
        ("en", "Privacy policy"),
        ("en", "Terms and conditions"),
        ("en", "Accessibility statement"),
        ("en", "Current vacancies"),
        ("en", "Frequently asked questions"),
        ("en", "The Minister"),
        ("en", "Our history"),
        ("en", "Organisation chart"),
        ("en", "Search results"),
        ("en", "District Calendar"),
        ("en", "Welcome from the Director"),
        ("en", "Contact the Ministry of Ports"),
        ("de", "Datenschutzerklärung"),
        ("de", "Erklärung zur Barrierefreiheit"),
        ("de", "Stellenangebote"),
        ("de", "Über uns"),
        ("fr", "Mentions légales"),
        ("fr", "Nous contacter"),
        ("es", "Aviso de privacidad"),
        ("es", "Preguntas frecuentes"),
        ("pt", "Quem somos"),
        ("it", "Note legali"),
        ("nl", "Veelgestelde vragen"),
        ("sv", "Kontakta oss"),
        ("fi", "Saavutettavuusseloste"),
        ("pl", "Polityka prywatności"),
        ("cs", "Organizační struktura"),
        ("hu", "Adatvédelmi tájékoztató"),
        ("ru", "Часто задаваемые вопросы"),
        ("uk", "Політика конфіденційності"),
        ("el", "Επικοινωνία"),
        ("tr", "Gizlilik politikası"),
        ("ar", "سياسة الخصوصية"),
        ("he", "הצהרת נגישות"),
        ("hi", "अक्सर पूछे जाने वाले प्रश्न"),
        ("th", "ติดต่อเรา"),
        ("vi", "Liên hệ"),
        ("id", "Tentang kami"),
        ("zh", "联系我们"),
        ("zh-Hant", "常見問題"),
        ("ja", "個人情報保護方針"),
        ("ko", "찾아오시는 길"),
        ("en", "Open tenders"),
        ("fr", "Mot du ministre"),
        ("es", "Reseña histórica"),
        ("tr", "Gizlilik ve çerez politikası"),
        ("ar", "السيرة الذاتية لمعالي الوزير"),
        ("sw", "Dira na dhamira"),
        ("id", "Tugas dan fungsi"),
        ("th", "อำนาจหน้าที่"),
        ("bn", "সিটিজেন চার্টার"),
        ("he", "שעות קבלה"),
        ("kk", "Бос орындар"),
        ("uk", "Доступ до публічної інформації"),
        ("sq", "Rreth nesh"),
        ("mn", "Холбоо барих"),
        ("en", "Media enquiries"),
        ("en", "How we use your personal information"),
        ("vi", "Lãnh đạo Sở"),
        ("hu", "Ügyfélfogadás"),
    ],
)
def test_a_standing_page_by_its_heading(lang: str, heading: str) -> None:
    for title in (f"{heading} | Ministry of Ports", "Ministry of Ports"):
        found = read(f"<h1>{heading}</h1>{PROSE}", title, lang=lang)
        assert f"“{heading}”" in reason(found)


@pytest.mark.parametrize(
    ("lang", "headline"),
    [("zh", "关于重新开放东码头的通知"), ("zh", "關於調整船期的公告"), ("fr", "À propos de la grève du 3 mai 2024")],
)  # fmt: skip
def test_a_document_or_a_day_may_be_headed_like_a_page_about_something(
    lang: str, headline: str
) -> None:
    text = (
        PROSE
        if lang == "fr"
        else "<p>港务局星期五重新开放东码头，渡轮星期一恢复停靠，修理历时九周，票价不变。</p>"
    )
    found = read(f"<h1>{headline}</h1>{text}", f"{headline} | Office", lang=lang)
    assert isinstance(found, Draft)
    assert found.headline == headline


def test_a_standing_page_with_a_day_of_change_is_one_all_the_same() -> None:
    found = read(f"<h1>Privacy policy</h1><p>Last updated 3 May 2024</p>{PROSE}", "Privacy policy")
    assert "a standing page" in reason(found)


@pytest.mark.parametrize("name", ["m/about.html", "m/contact-us/index.html", "m/vacancies.php"])
def test_a_page_without_a_day_whose_address_says_that_it_stands(name: str) -> None:
    found = read(f"<h1>Harbours for everybody since 1901</h1>{PROSE}", "Ministry of Ports", name)
    assert "a standing page" in reason(found)


NEWS = "".join(
    f"<article><h3><a href='/n/{n}'>The dredger has come back to harbour {n}</a></h3><p>{n} May 2024</p>"
    "<p>She will stay for a week.</p></article>"
    for n in (3, 2)
)


def test_a_page_that_welcomes_to_its_town() -> None:
    home = f"<h1>Welcome to Port Alder</h1>{PROSE}<h2>News</h2>{NEWS}"
    assert "a standing page" in reason(read(home, "City of Port Alder | Official Website"))
    welcome = f"<h1>Welcome to the new dredger</h1><p>3 May 2024</p>{PROSE}"
    assert isinstance(read(welcome, "Welcome to the new dredger | Port Alder"), Draft)


def test_a_page_that_its_title_calls_the_first() -> None:
    home = f"<h1>Harbours for everybody since 1901</h1>{PROSE}"
    assert "the home page" in reason(read(home, "Ministère des Ports - Accueil", lang="fr"))
    release = f"<h1>The dredger has come back</h1><p>3 May 2024</p>{PROSE}"
    assert isinstance(read(release, "Home - Ministry of Ports"), Draft)


def test_the_life_of_a_minister() -> None:
    life = (
        "<p>Ada Quill was born in Easthaven and studied the law of the sea. She was first elected to "
        "the Assembly for the northern islands and has led the Ministry since the spring.</p>"
    )
    for headline in ("Ada Quill", "The Hon. Ada Quill", "Minister of Ports"):
        found = read(f"<h1>{headline}</h1>{life}{PROSE}", f"{headline} | Ministry of Ports")
        assert "a standing page" in reason(found)


def test_a_life_that_one_paragraph_tells_after_the_work() -> None:
    work = "Ada Quill leads the harbour pilots and answers for the lights along the coast. " * 6
    life = f"<p>{work}Prior to joining the Ministry, she was a mate on the island ferry.</p>"
    page = f"<h1>Ada Quill</h1><p>Pilots' Division</p>{life}<p>Last updated 3 May 2024</p>"
    assert "a standing page" in reason(read(page, "Ada Quill | Port.example"))


def test_a_life_with_a_day_may_begin_with_the_birth() -> None:
    life = (
        "<p>3 juillet 2022</p><p>Née le 3 avril 1971 à Port-Est, Ada Quill est diplômée de l'École "
        "des ports.</p>"
    )
    found = read(f"<h1>Ada Quill</h1>{life}{PROSE}", "Biographie | Ministère des Ports", lang="fr")
    assert "a standing page" in reason(found)


def test_how_to_reach_a_body_is_told_whatever_day_the_page_states() -> None:
    head = (
        '<meta name="dcterms.creator" content="Ministry of Ports">'
        '<meta name="dcterms.issued" content="2016-07-06">'
    )
    for headline in (
        "Contact Ministry of Ports",
        "Contact details for the Ministry of Ports",
        "Contact the Directorate of Lights",
    ):
        page = f"<h1>{headline}</h1>{PROSE}"
        assert "a standing page" in reason(read(page, f"{headline}</title>{head}<title>"))
    for headline in (
        "Contact lost with Ministry of Ports",
        "Contact Harbour Office about old buoys",
    ):
        release = f"<h1>{headline}</h1>{PROSE}"
        assert isinstance(read(release, f"{headline}</title>{head}<title>"), Draft)


def test_the_page_of_a_body_shows_its_news_below_what_it_does() -> None:
    head = '<meta name="dcterms.issued" content="2017-10-26">'
    news = "".join(
        f'<li><a href="/n{n}"><h3>Something new at harbour {n} of the coast</h3><p>News | {n} May '
        "2024</p></a></li>" for n in range(1, 4)
    )  # fmt: skip
    body = "Directorate of Harbours and Lights"
    page = f"<h1>{body}</h1><p>It keeps what ships steer by, on all coasts.</p><h2>News</h2><ul>{news}</ul>"
    assert "a list" in reason(read(page, f"{body} | Government</title>{head}<title>"))


@pytest.mark.parametrize(
    ("lang", "life"),
    [
        (
            "pt",
            "Formada em Economia pela Universidade Federal, é servidora de carreira desde 1999.",
        ),
        ("fr", "Diplômée de l'École des ports, elle dirige la capitainerie depuis neuf ans."),
        ("ru", "Окончила Морской университет, с 2011 года работала в управлении портов."),
        ("id", "Lulusan Fakultas Hukum ini memimpin kantor pelabuhan sejak tahun 2011."),
        ("ja", "東海大学を卒業し、港湾局に勤務。その後、港湾局長を務めた。"),
    ],
)
def test_a_life_by_what_somebody_studied(lang: str, life: str) -> None:
    found = read(f"<h1>Ada Quill</h1><p>{life}</p>{PROSE}", "Ministry of Ports", lang=lang)
    assert "a standing page" in reason(found)


def test_a_vacancy_in_russian_has_a_day_and_headings_of_its_parts() -> None:
    vacancy = (
        "<h1>Ведущий специалист отдела пирсов</h1><p>Опубликовано 3 мая 2024 г.</p><h2>Должностные "
        "обязанности</h2><p>Проверка пирсов и подготовка отчётов о них.</p><h2>Требования</h2><p>Высшее "
        "образование и стаж от трёх лет.</p>"
    )
    assert "a standing page" in reason(read(vacancy, "Министерство портов", lang="ru"))


def test_the_day_of_a_change_in_hindi_leaves_a_topic_one() -> None:
    topic = (
        "<h1>नाव सहायता योजना</h1><p>इस योजना के अंतर्गत मछुआरों को नाव खरीदने के लिए सहायता दी जाती है।</p><h3>नाव</h3><p>नाव नौ "
        "मीटर तक की हो सकती है।</p><h3>घाट</h3><p>घाट पर स्थान निःशुल्क है।</p><p>अंतिम अद्यतन: 03/05/2024</p>"
    )
    assert "a standing page" in reason(read(topic, "बन्दरगाह विभाग", lang="hi"))


def test_a_page_of_questions() -> None:
    questions = "".join(
        f"<h3>What must I do before I enter harbour {n}?</h3><p>Call the pilot on channel {n} and "
        "wait outside the boom until you are told to come in by the officer of the watch.</p>"
        for n in range(5)
    )
    found = read(f"<h1>Entering a harbour</h1>{questions}", "Entering a harbour")
    assert "a standing page" in reason(found)


def test_pages_that_all_have_the_title_of_their_site() -> None:
    for heading in ("Contact", "Vacancies", "Accessibility", "Terms of use"):
        found = read(f"<h1>{heading}</h1>{PROSE}", "Ministry of Ports")
        assert "a standing page" in reason(found)
    found = read(f"<div>{PROSE}</div>", "Ministry of Ports")
    assert isinstance(found, Refusal)


def test_the_home_page_of_a_site() -> None:
    html = (
        "<html><head><title>Ministry of Ports</title></head><body><h1>Ministry of Ports</h1>"
        f"{PROSE}</body></html>"
    )
    document = Document(name="x", data=b"", url="https://ports.example/index.html")
    (found,) = webpage.read(html, document)
    assert isinstance(found, Refusal)


@pytest.mark.parametrize(
    ("lang", "heading"),
    [
        ("de", "Seite nicht gefunden"),
        ("fr", "Page introuvable"),
        ("es", "Página no encontrada"),
        ("pl", "Nie znaleziono strony"),
        ("ru", "Страница не найдена"),
        ("zh", "页面不存在"),
        ("ja", "ページが見つかりません"),
        ("ko", "페이지를 찾을 수 없습니다"),
        ("tr", "Sayfa bulunamadı"),
    ],
)
def test_error_pages_in_many_languages(lang: str, heading: str) -> None:
    text = "<p>Try the menu, or look for what you want with the search at the top of the page.</p>"
    assert "error" in reason(read(f"<h1>{heading}</h1>{text}", heading, lang=lang))


@pytest.mark.parametrize(
    "headline",
    [
        "About the harbour bill: what changes on Monday",
        "Minister of Ports opens new pier",
        "New privacy policy for port cameras takes effect",
        "Vacancies on ferries fall for third year",
        "Ministry publishes its accessibility statement",
        "Contact tracing at ports ends",
        "Frequently asked questions about the ferry strike answered",
        "Ada Quill was elected chair of the harbour board",
    ],
)
def test_a_release_about_such_things_is_a_release(headline: str) -> None:
    found = read(f"<h1>{headline}</h1><p>3 May 2024</p>{PROSE}", f"{headline} | Ministry of Ports")
    assert isinstance(found, Draft), found
    assert found.headline == headline


def test_a_release_under_the_heading_of_a_section_is_a_release() -> None:
    text = f"<h1>The Ministry</h1><h2>New pier opens at Easthaven</h2><p>3 May 2024</p>{PROSE}"
    found = read(text, "New pier opens at Easthaven | Ministry of Ports")
    assert isinstance(found, Draft), found
    assert found.headline == "New pier opens at Easthaven"


def test_a_page_that_states_no_day_but_that_of_its_change_stands() -> None:
    changed = "<p>Last updated: 3 May 2024</p>"
    found = read(f"<h1>Contact us</h1>{PROSE}{changed}", "Contact the Ministry of Ports | Isles")
    assert "standing page" in reason(found)
    released = read(f"<h1>East pier reopens on Monday</h1>{PROSE}{changed}", "East pier | Ports")
    assert isinstance(released, Draft), released
    assert [date.source for date in released.dates] == ["updated"]


def test_a_release_below_what_its_section_is_called_in_heading_and_title() -> None:
    text = f"<h1>Press</h1><h2>New pier opens at Easthaven</h2><p>3 May 2024</p>{PROSE}"
    found = read(text, "Press | Ministry of Ports")
    assert isinstance(found, Draft), found
    assert found.headline == "New pier opens at Easthaven"


def test_what_a_search_found_is_a_list() -> None:
    results = "".join(
        f"<h3><a>Pier number {n} is open again</a></h3><p>The Ministry of Ports has said that ships may "
        f"call at pier number {n} from now on, and that its lights are lit from dusk to dawn on every day of the year…</p>"
        for n in range(1, 5)
    )
    title = "Search results for “pier” | Ministry of Ports"
    found = read(f"<h1>Search results</h1><p>3 May 2024</p>{results}", title)
    assert "list" in reason(found)


EVENTS = [
    "<li><div><time>{n} May 2024, 19:30</time></div><h2><a>Evening at pier {n}</a></h2><p>All welcome.</p></li>",
    "<div><h3><a>Pier {n} will be painted</a></h3><p><time>0{n}.05.2024</time> It takes a week.</p></div>",
]


@pytest.mark.parametrize("event", EVENTS)
def test_headings_with_a_day_each_are_a_list(event: str) -> None:
    events = "".join(event.format(n=n) for n in range(1, 6))
    found = read(
        f"<h1>News</h1><p>What goes on at our piers.</p>{events}", "News | Ministry of Ports"
    )
    assert "list" in reason(found)


def test_a_release_above_headings_with_a_day_each_is_a_release() -> None:
    others = "".join(EVENTS[1].format(n=n) for n in range(1, 6))
    text = f"<h2>New pier opens at Easthaven</h2><p>3 May 2024</p>{PROSE}<div>{others}</div>"
    found = read(text, "Ministry of Ports")
    assert isinstance(found, Draft), found
    assert found.headline == "New pier opens at Easthaven"


def test_a_page_that_tells_how_to_get_a_service() -> None:
    parts = "".join(
        f"<h2>{heading}</h2><p>Bring the papers of your boat to the office at any large harbour.</p>"
        for heading in ("Who can apply", "What you need", "Fees")
    )
    title = "Registering a boat"
    found = read(f"<h1>{title}</h1>{parts}<p>Last updated: 3 May 2024</p>", f"{title} | Isles")
    assert "a standing page" in reason(found)
    released = read(f"<h1>{title} gets cheaper</h1><p>3 May 2024</p>{parts}", title)
    assert isinstance(released, Draft), released


def test_a_page_that_its_data_call_a_vacancy() -> None:
    data = '<script type="application/ld+json">{"@type": "JobPosting", "title": "Pilot"}</script>'
    found = read(f"{data}<h1>Pilot, Easthaven</h1><p>Posted 3 May 2024</p>{PROSE}", "Pilot")
    assert "a standing page" in reason(found)


@pytest.mark.parametrize(
    "headings",
    [
        ("Key responsibilities", "Person specification"),
        ("Dine opgaver", "Vi tilbyder"),
        ("Ihre Aufgaben", "Ihr Profil"),
        ("Arbeidsoppgaver", "Personlige egenskaper"),
    ],
)
def test_a_vacancy_by_its_headings_though_it_has_a_day(headings: tuple[str, str]) -> None:
    parts = "".join(f"<h2>{heading}</h2>{PROSE}" for heading in headings)
    found = read(f"<h1>Pilot, Easthaven</h1><p>3 May 2024</p>{parts}", "Pilot")
    assert "a standing page" in reason(found)


def test_a_release_that_says_how_to_apply_for_money_is_a_release() -> None:
    parts = f"<h2>How to apply</h2>{PROSE}<h2>Your profile</h2>{PROSE}<h2>Closing date</h2>{PROSE}"
    found = read(f"<h1>Grants for small harbours</h1><p>3 May 2024</p>{parts}", "Grants")
    assert isinstance(found, Draft), found


def test_a_page_of_frames_says_that_its_frames_are_wanted() -> None:
    page = (
        "<html><head><title>Ministry of Ports - Official Site</title></head><frameset cols='160,*'>"
        "<frame src='menu.html'><frame src='main.html'><noframes><body><p>Your browser does not show "
        "frames, which this site of the Ministry has needed since 3 May 1998.</p></body></noframes>"
        "</frameset></html>"
    )
    (found,) = webpage.read(page, Document(name="mirror/index.html", data=b""))
    assert "give the pages in its frames" in reason(found)


def test_the_day_on_which_somebody_was_appointed_is_not_that_of_a_release() -> None:
    life = (
        "<div>Date of appointment: 3 May 2019</div><p>Ms Quill has been Deputy Minister of Ports since "
        "the spring of that year and leads the work on pilots and lights.</p>"
    )
    found = read(f"<h1>Ada Quill, Ms</h1>{life}{PROSE}", "Ada Quill, Ms | Government of the Isles")
    assert "a standing page" in reason(found)
