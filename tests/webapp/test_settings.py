"""Settings: from arguments and the environment, bounded, and documented as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.make_settings import PAGE, page
from index.errors import DatelineError
from webapp import create_app
from webapp.settings import TABLE, Setting, SettingError, read_settings

ROOT = Path(__file__).resolve().parents[2]


def test_defaults_environment_and_arguments_in_their_order() -> None:
    assert read_settings({}, {}).per_page == 10
    assert read_settings({}, {"DATELINE_PER_PAGE": "20"}).per_page == 20
    assert read_settings({"per_page": 30}, {"DATELINE_PER_PAGE": "20"}).per_page == 30
    assert read_settings({"DATELINE_INDEX": "a"}, {"DATELINE_INDEX": "b"}).index == "a"
    assert read_settings({"INDEX": "a", "TESTING": True}, {}).index == "a"
    assert read_settings({}, {"DATELINE_KERNEL": "-match_phrase,-unite"}).kernel


@pytest.mark.parametrize("setting", TABLE, ids=lambda setting: setting.name)
def test_every_setting_has_bounds_that_hold(setting: Setting) -> None:
    too_much = "x" * (setting.most + 1) if isinstance(setting.default, str) else setting.most + 1
    with pytest.raises(SettingError, match=setting.variable):
        read_settings({setting.name: too_much}, {})
    if isinstance(setting.default, int):
        for wrong in (setting.least - 1, "many", 1.5):
            with pytest.raises(SettingError, match=setting.variable):
                create_app({setting.name: wrong})


TEXTS = [each for each in TABLE if isinstance(each.default, str)]


@pytest.mark.parametrize("setting", TEXTS, ids=lambda setting: setting.name)
def test_a_text_is_one_line_that_can_be_sent(setting: Setting) -> None:
    """With a line break in the sites that may read data, each answer was an error."""
    for wrong in ("a\r\nb", "a\x00b", "a\x7fb"):
        with pytest.raises(SettingError, match=setting.variable):
            read_settings({setting.name: wrong}, {})
    is_path = setting.name in ("index", "gazetteers", "password_file")
    if is_path:
        assert getattr(read_settings({setting.name: "/a\udcff"}, {}), setting.name) == "/a\udcff"
    else:
        with pytest.raises(SettingError, match=setting.variable):
            read_settings({setting.name: "a\udcff"}, {})


@pytest.mark.parametrize(
    ("variable", "meant"),
    [
        ("DATELINE_BASEURL", "DATELINE_BASE_URL"),
        ("DATELINE_CACHE", "DATELINE_CACHE_MB"),
        ("DATELINE_GAZETTEER", "DATELINE_GAZETTEERS"),
        *((each, None) for each in ("DATELINE_SHARDS", "DATELINE_STATE", "DATELINE_PUBLIC_URL")),
        *((each.variable, None) for each in TABLE),
        ("BASEURL", None),
    ],
)
def test_a_variable_that_is_nearly_a_setting_is_named_in_the_log(
    variable: str,
    meant: str | None,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    default = next((str(each.default) for each in TABLE if each.variable == variable), "")
    monkeypatch.setenv(variable, default)
    create_app()
    warned = [each.getMessage() for each in caplog.records if " is not read; " in each.message]
    assert warned == ([f"{variable} is not read; {meant} is."] if meant else [])


def test_an_address_of_a_cluster_that_cannot_be_is_said_at_the_start() -> None:
    with pytest.raises(DatelineError, match="opensearch://host:9200/name") as caught:
        create_app({"index": "opensearch://me:secret@host/News"})
    assert "secret" not in str(caught.value)


def test_the_documentation_has_the_table_as_it_is() -> None:
    assert PAGE.read_text("utf-8") == page(), "say: make architecture"
