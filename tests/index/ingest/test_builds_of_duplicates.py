"""One release in the index however often, and in whatever form, its documents are met."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.identity import identify
from index.ingest.builder import build
from index.release import content_hash
from index.stores.folder import FolderStore
from tests.index.ingest.record_files import counts, entries, releases, row, write


def page(headline: str, body: str, url: str, date: str = "2024-03-05") -> str:
    paragraphs = "".join(f"<p>{each}</p>" for each in body.split("\n\n"))
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{headline}</title>"
        f"<link rel='canonical' href='{url}'><meta property='og:type' content='article'>"
        f"<meta property='og:title' content='{headline}'>"
        f"<meta property='article:published_time' content='{date}'></head><body><main><article>"
        f"<h1>{headline}</h1><time datetime='{date}'>5 March 2024</time>{paragraphs}"
        f"</article></main></body></html>"
    )


BODY = "\n\n".join(
    f"The Water Board said in statement {n} that the sluice at Fennel Lock stays open for barges "
    f"until the autumn survey of the banks is complete."
    for n in range(4)
)


def test_one_page_under_two_names_and_addresses_is_one_release(
    store: FolderStore, folder: Path
) -> None:
    for name, url in (
        ("a.htm", "https://water.example/news/lock"),
        ("b.htm", "http://www.water.example/news/lock/?utm_source=mail&fontSize=1#top"),
        ("c.htm", "https://web.archive.org/web/20240306101010/https://water.example/news/lock"),
    ):
        (folder / name).write_text(page("Fennel Lock stays open", BODY, url))
    report = build([folder], store)
    assert (report.added, report.duplicates) == (1, 2)
    assert len(releases(store)) == 1


@pytest.mark.parametrize("names", [("a.jsonl", "b.htm"), ("b.jsonl", "a.htm")])
def test_a_wire_copy_and_its_page_are_one_with_the_page_s_id(
    store: FolderStore, folder: Path, names: tuple[str, str]
) -> None:
    url = "https://water.example/news/lock"
    write(folder / names[0], {"headline": "Fennel Lock stays open", "body": BODY})
    (folder / names[1]).write_text(page("Fennel Lock stays open", BODY, url))
    report = build([folder], store)
    assert (report.added, report.duplicates) == (1, 1)
    digest = content_hash("Fennel Lock stays open", BODY)
    wanted = identify(None, url, digest, None).id
    assert set(releases(store)) == {wanted}
    assert releases(store)[wanted].aliases == (identify(None, None, digest, None).id,)
    assert counts(build([folder], store)) == (0, 0, 1, 0)


def test_a_page_takes_over_from_the_wire_copy_of_an_earlier_run(
    store: FolderStore, folder: Path
) -> None:
    write(folder / "a.jsonl", {"headline": "Fennel Lock stays open", "body": BODY})
    build([folder], store)
    ((old, entry),) = entries(store).items()
    url = "https://water.example/news/lock"
    (folder / "b.htm").write_text(page("Fennel Lock stays open", BODY, url))
    report = build([folder], store)
    assert counts(report) == (0, 1, 0, 0)
    ((new, now),) = entries(store).items()
    assert new != old
    assert now.release.aliases == (old,)
    assert now.first_indexed == entry.first_indexed
    assert counts(build([folder], store)) == (0, 0, 1, 0)


def test_the_same_headline_is_not_the_same_release(store: FolderStore, folder: Path) -> None:
    write(
        folder / "a.jsonl",
        {"headline": "No. 5 alarm fire", "body": "In the east.", "date": "2024-03-05"},
        {"headline": "No. 5 alarm fire", "body": "In the west.", "date": "2024-03-05"},
        {"headline": "Air quality", "body": "It is good.", "date": "2024-03-05"},
        {"headline": "Air quality", "body": "It is good.", "date": "2024-03-06"},
    )
    report = build([folder], store)
    assert (report.added, report.duplicates) == (4, 0)


def test_records_keep_their_ids_even_with_the_same_words(store: FolderStore, folder: Path) -> None:
    write(folder / "a.jsonl", row(1), row(1, id="other"))
    assert build([folder], store).added == 2


def test_different_texts_under_one_id_are_reported(store: FolderStore, folder: Path) -> None:
    write(folder / "a.jsonl", row(1, body="First."))
    write(folder / "b.jsonl", row(1, body="Second."))
    report = build([folder], store)
    assert report.conflicts.first == [
        {"id": "n-1", "kept": f"{folder}/b.jsonl", "dropped": f"{folder}/a.jsonl"}
    ]
    assert releases(store)["n-1"].body == "Second."
    assert counts(build([folder], store)) == (0, 0, 1, 0)


def test_one_id_for_two_languages_is_two_releases(store: FolderStore, folder: Path) -> None:
    write(folder / "a.jsonl", row(1), row(1, headline="渡輪通告", body="渡輪於正午啟航。"))
    build([folder], store)
    assert set(releases(store)) == {"n-1", "n-1-zh-Hant"}


@pytest.mark.parametrize("given", [True, False])
def test_the_same_in_both_chinese_scripts_is_two(
    store: FolderStore, folder: Path, given: bool
) -> None:
    texts = {
        "hant": ("海港渡輪恢復服務", "渡輪今日恢復服務，乘客可在碼頭購票，票價維持不變。"),
        "hans": ("海港渡轮恢复服务", "渡轮今日恢复服务，乘客可在码头购票，票价维持不变。"),
    }
    rows = [
        {"headline": headline, "body": body, "date": "2024-03-05"}
        | ({"id": f"n-{script}"} if given else {})
        | {"url": f"https://{script}.port.example/2024/1"}
        for script, (headline, body) in texts.items()
    ]
    assert counts(build([write(folder / "a.jsonl", *rows)], store)) == (2, 0, 0, 0)
    languages = sorted(release.language for release in releases(store).values())
    assert languages == ["zh-Hans", "zh-Hant"]
    assert counts(build([folder], store)) == (0, 0, 2, 0)


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_a_feed_s_excerpt_never_replaces_the_page(
    store: FolderStore, folder: Path, order: tuple[str, str]
) -> None:
    url = "https://water.example/news/lock"
    feed = (
        "<?xml version='1.0'?><rss version='2.0'><channel><title>Water Board</title><item>"
        f"<title>Fennel Lock stays open</title><link>{url}</link>"
        "<description>The Water Board said in statement 0</description></item></channel></rss>"
    )
    (folder / f"{order[0]}.htm").write_text(page("Fennel Lock stays open", BODY, url))
    (folder / f"{order[1]}.xml").write_text(feed)
    report = build([folder], store)
    assert report.added == 1
    assert report.conflicts.total == 0
    ((_, release),) = releases(store).items()
    assert release.body.endswith("the banks is complete.")
