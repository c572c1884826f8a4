"""Names of bodies by their form alone, in the languages that governments write, and what is none."""

from __future__ import annotations

import pytest

from index.sources.draft import Document, Draft
from index.sources.issuer_lines import is_kind_alone, names_issuer, names_site_owner
from index.sources.page import webpage
from tests.index.sources.page.layouts import HEADLINE, PROSE, html, read

NAMES = (
    "Préfecture de la Vère|Préfet de la Vère|Les services de l’État dans la Vère|Direction générale "
    "des ports|Conseil départemental de la Vère|Kelių ministerija|Jūrų inspekcija|Ostu ministrija|"
    "Ūdens pārvalde|Veeamet|Teeinspektsioon|Vegaráðuneytið|Hafnastofa|Llywodraeth y Fro|Cyngor y Fro|"
    "Comhairle Contae na Trá|Ministria e Porteve|Bashkia e Portit|Агенция за пристанищата|"
    "Агенција за пристаништа|Udala eta Portu Saila|Conselleria de Ports|Xunta de Marisma|"
    "Kagawaran ng Daungan|Ma'aikatar Ruwa|Wasaaradda Dekedaha|Ministeru tal-Portijiet|"
    "Autoritatea Portuară|سلطة المياه|محکمہ آبپاشی|UBND tỉnh Biển|Alcaldía de Puerto Seco|"
    "Direção-Geral dos Portos|Città di Marea|Waterschap Zeekant|Wizara ya Maji|Serikali ya Pwani|"
    "Présidence de la République|Alder County|Поморська обласна державна адміністрація|Агенция "
    "„Пристанища“|State News Agency of Norvia|Press Information Bureau|"
    "Harbour and Ferry Services Department|State of Norvia|"
    "Raad van Zeekant|Rechtbank Zeekant|Banco de Marisma|Assembleia da Marisma|Senado de Marisma|"
    "Cámara de Diputados de Marisma|Supremo Tribunal de Marisma|Suprema Corte de Marisma|"
    "Narodowy Bank Norwii|Norvijska narodna banka|Народна банка Норвије|Верховна Рада Норвії|"
    "Центральный банк Норвии|البنك المركزي النورفي|وكالة أنباء الساحل|Norvijos bankas|"
    "Ngân hàng Nhà nước Norvia|Bangko Sentral ng Norvia|Norvia Merkez Bankası|Kepolisian Norvia|"
    "Polizeiinspektion Osthafen|Norvian Geological Survey|Centers for Tide Control|Department of Home "
    "Affairs|Department of Tides and Human Services|Ruritanian Embassy in Easthaven|Embassy of Norvia "
    "in Ruritania|Ambassade de Norvie au Rivage|Harbour Master's Office, Northern District|"
    "Ministerio para la Marea Alta|港湾公正委員会|内港府|북항은행|Landgericht Osthafen|Carabineros de Norvia|"
    "Asamblea de Marisma|Länsstyrelsen Osthamn|Policie Čáslava|Τράπεζα της Ακτής|Град Пристан|شرطة الساحل|"
    "Ministrstvo za pristanišča, ladje in promet|Kikötőügyi Minisztérium|Kikötőminisztérium|Révhatóság|Norvian Highway Patrol|Osthamns stad|Magistrát hlavního města Přístavu|"
    "Ústavný súd Norvijskej republiky|Okresný súd Prístavná|Obec Horný Breh|Městská část Přístav|Kraj "
    "Pobřeží|Sąd Najwyższy|Gmina Nadbrzeże|Vrhovni sud Norvije|Policijska uprava Luka|Градска управа за "
    "пристаништа|Върховен касационен съд|Конституционный суд Норвии|Мэрия города Гавань|Верховний Суд|"
    "Ostas dome|Sadama linn|Rannan yliopisto|Osthavns Universitetshospital|Universitätsklinikum Osthafen|"
    "Staatsanwaltschaft Osthafen|Kantonspolizei Osthafen|Veiligheidsregio Zeekant|Commune de Rivage|"
    "Azienda ospedaliera di Marea|Universidad Nacional de Marisma|Kuvendi i Norvisë|Anayasa Mahkemesi|"
    "Liman Şəhər İcra Hakimiyyəti|ნავსადგურის მერია|Նավահանգստի քաղաքապետարան|בית המשפט העליון|"
    "مؤسسة الموانئ|دانشگاه ساحل|नगर निगम बन्दर|বন্দর কর্তৃপক্ষ|கடற்கரை மாநகராட்சி|เทศบาลนครท่าเรือ|"
    "โรงพยาบาลท่าเรือ|រាជធានីកំពង់ផែ|Tòa án nhân dân tối cao|Kabupaten Pantai|Benki Kuu ya Norvia|Shire of "
    "Tideham|Tideham School District|港湾県警察|港湾市北区|Ostu "
    "statistikas birojs|Krajowa Administracja Portowa|Porezna uprava|Statistični urad Norvije|"
    "Републички завод за луке|Национален институт на пристанищата|"
    "Istituto nazionale di statistica|Federale Dienst Zeevaart|Office national des ports|"
    "Seafarers' Pension Fund"
)
NONE = (
    "Cyngor yn cymeradwyo cyllideb|Ministerija pradeda projektą|Ministrija sāk projektu|"
    "Vegaráðuneytið opnar veg|Ministeerium avas silla|News Flash|Government Departments|"
    "State Government|Governo do Estado|Les services|Агенция ремонтира фара|News from the Agency|"
    "Hafenamt zieht Bilanz|Your Council|"
    "Press Office Contacts Council|State of the nation|Services Department|Raad stelt plan vast|"
    "Banco de imágenes|Embassy opens in Easthaven|Tribunal confirma multa|Polizei sucht Zeugen|"
    "City Hall|Town Hall|Senado aprueba ley|Minister's Office|Select Committee|Ministério dos Portos anuncia novas obras|"
    "Ministerio de Puertos anuncia nuevas obras|Camera dei porti approva la legge|Bank of Norvia raises "
    "rates|Gemeente Zeekant opent park|Raad van Zeekant vernietigt besluit|Prefeitura de Marisma abre "
    "inscrições|Polizei Osthafen nimmt Verdächtige fest|Okresný súd rozhodol o väzbe|Obec opravuje cestu|Město zve "
    "na přístav|Gmina remontuje drogę|Мэрия ремонтирует мост|Commune : travaux au port|Universidad abre "
    "puertas|Kuvendi miraton ligjin|Norvian Dome|School districts|Support our housing fund|המועצה אישרה את התקציב החדש של הנמל "
    "והמזח|جامعة الساحل توقع اتفاقية تعاون مع هيئة الموانئ في المدينة"
)


@pytest.mark.parametrize("name", NAMES.split("|"))
def test_the_name_of_a_body(name: str) -> None:
    assert names_issuer(name)


@pytest.mark.parametrize("line", NONE.split("|"))
def test_a_sentence_or_a_kind_of_body_is_no_name(line: str) -> None:
    assert not names_issuer(line)


@pytest.mark.parametrize(
    "name",
    ["U.S. Senator Ada Quill", "Rep. Ada Quill-Reed", "Office of Congressman Lee O’Sample",
     "Stortinget", "Riigikogu", "Politie", "Region Osthamn", "Statistics Norvia", "NHS Easthaven",
     "Transport for Easthaven"],
)  # fmt: skip
def test_a_word_that_is_the_whole_name_of_a_body_is_one_where_an_owner_stands(name: str) -> None:
    assert names_site_owner(name)
    assert not names_issuer(f"Spørsmål til {name}")


def test_a_kind_of_body_alone_names_none() -> None:
    assert is_kind_alone("State Government")
    assert not is_kind_alone("Government of the Isles")


@pytest.mark.parametrize(
    ("head", "before", "expected"),
    [
        ("", "<p>3 May 2024 Vegaráðuneytið</p>", "Vegaráðuneytið"),
        ("", "<p>3 May 2024 · Ministry of Ports</p>", "Ministry of Ports"),
        ("", "<div>Por <strong>Secretaria da Habitação</strong></div>", "Secretaria da Habitação"),
        ("", "<p>By Jo Sample</p>", None),
        (
            "",
            "<div><span>Department</span><span>Ministry of Ports</span></div>",
            "Ministry of Ports",
        ),
        (
            "",
            "<ol class='breadcrumb'><li><a href='/p'>Ministry of Ports</a></li></ol>",
            "Ministry of Ports",
        ),
        ("", "<ol class='breadcrumb'><li><a href='/p'>Departments</a></li></ol>", None),
        ("", "<footer>Cơ quan chủ quản: UBND tỉnh Hải Lam</footer>", "UBND tỉnh Hải Lam"),
        ("", "<footer>© Ministère de l’Eau 2024</footer>", "Ministère de l’Eau"),
        (" - U.S. Senator Ada Quill", "", "U.S. Senator Ada Quill"),
        (" - Senator Ada Quill opens pier", "", None),
        (" - Governo do Estado", "", None),
        (" - Les services de l’État dans la Vère", "", "Les services de l’État dans la Vère"),
        (" - Accueil - Préfecture de la Vère", "", "Préfecture de la Vère"),
    ],
)
def test_who_issues_a_page(head: str, before: str, expected: str | None) -> None:
    page = html(f"<h1>{HEADLINE}</h1>{before}<p>3 May 2024</p>{PROSE}", title=HEADLINE + head)
    draft = read(page)
    assert (draft.stated_agency or draft.weak_agency) == expected


@pytest.mark.parametrize(
    ("address", "site", "expected"),
    [
        ("https://coast.example.gov/n", "National Coast Survey", "National Coast Survey"),
        ("https://coast.example.com/n", "National Coast Survey", None),
        ("https://coast.example.gov/n", "Digital Platform One", None),
    ],
)
def test_a_name_without_a_word_for_a_body(address: str, site: str, expected: str | None) -> None:
    head = f'<meta property="og:site_name" content="{site}">'
    page = html(f"<h1>{HEADLINE}</h1><p>3 May 2024</p>{PROSE}", head, f"{HEADLINE} | {site}")
    draft = read(page, address)
    assert (draft.stated_agency or draft.weak_agency) == expected


def test_a_sentence_in_a_script_with_a_full_stop_of_its_own_is_no_letterhead() -> None:
    sentence = "محکمہ آبپاشی نے نہروں کی صفائی کا کام مکمل کر لیا ہے۔"
    page = html(f"<h1>{HEADLINE}</h1><p>{sentence}</p>{PROSE}", title=HEADLINE, lang="ur")
    (draft,) = webpage.read(page, Document(name="p", data=b""))
    assert isinstance(draft, Draft)
    assert draft.stated_agency is None
