"""From view data to a response: rendered pages, files, redirects, problem documents, 304."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache, wraps
from typing import Any, NamedTuple, ParamSpec
from urllib.parse import quote

from flask import Response, current_app, request

from index.dates.relative import today
from search.results import Notice
from webapp.api.problems import MEDIA_TYPE, RETRY_AFTER, problem_object
from webapp.context import (
    current_coverage,
    current_language,
    current_mount,
    current_origin,
    current_path,
    current_settings,
)
from webapp.footer_links import FooterLink
from webapp.guards.request_limits import READING
from webapp.settings import Settings
from webapp.site.languages import ENGLISH, LANGUAGES, Language, without_language
from webapp.views import templates
from webapp.views.response_cache import answer_again, keep_answer

METHODS = ", ".join(READING)
"""What any address takes."""
MAX_INSTANCE = 2_000
"""Characters of the address that a problem repeats."""
MAX_REPEATED = 16_384
"""Characters of an address that links to the other languages repeat; they are on every page."""
_ADDRESS = "%&=+:;/?@!$()*,~"
"""What stays as it is in the query of an address asked for."""

_Parameters = ParamSpec("_Parameters")


class PageLanguage(NamedTuple):
    """The page in one of the languages: its tag, its name in itself, the address there."""

    tag: str
    name: str
    href: str
    current: bool
    default: bool


class Site(NamedTuple):
    """What every page says of the site."""

    title: str
    root: str
    languages: tuple[PageLanguage, ...]
    links: tuple[FooterLink, ...]


def page(template: str, status: int = 200, **view: Any) -> Response:
    """A rendered page; what it shows depends on the address and the index alone."""
    language = current_language()
    body = rendered(template, **view)
    response = Response(body, status, mimetype="text/html")
    response.headers["Content-Language"] = language.tag
    return response


def rendered(template: str, **view: Any) -> str:
    """A template in the language of the page, with the site's name and the page's addresses."""
    language, settings = current_language(), current_settings()
    return templates.render(
        current_app,
        language,
        current_mount(),
        template,
        site=Site(
            settings.title,
            current_origin(),
            _this_page_in_all_languages(language),
            settings.footer_links,
        ),
        **view,
    )


def conditional(view: Callable[_Parameters, Response]) -> Callable[_Parameters, Response]:
    """Answer 304, without searching, where nothing changed since the reader last asked; and what
    was asked for twice with what was given then, if it is kept.

    A page depends on its address, the state of the index, the settings and this program; the
    entity tag is a digest of these. Weak, because the time that a search took may differ.
    """

    @wraps(view)
    def answer(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> Response:
        tag, coverage = _entity_tag(), current_coverage()
        if request.if_none_match.contains_weak(tag):
            response = Response(status=304)
        elif (again := answer_again(tag, coverage)) is not None:
            response = again
        else:
            started = time.thread_time()
            response = view(*args, **kwargs)
            keep_answer(tag, coverage, response, time.thread_time() - started)
        if response.status_code in (200, 304):
            response.set_etag(tag, weak=True)
            response.headers.setdefault("Cache-Control", _lifetime())
        return response

    return answer


def _lifetime() -> str:
    """How long an answer may be shown again; behind a password by the reader's browser alone."""
    settings = current_settings()
    if not settings.page_lifetime:
        return "no-cache"
    whose = "private" if settings.password_file else "public"
    return f"{whose}, max-age={settings.page_lifetime}"


def json_answer(found: Any, mimetype: str = "application/json") -> Response:
    """Values as JSON, characters of all scripts as they are."""
    return Response(json.dumps(found, ensure_ascii=False), mimetype=mimetype)


def as_file(response: Response, name: str, *, shown: bool = False) -> Response:
    """The response as a file of that name: to be kept, or to be shown by the browser."""
    kind = "inline" if shown else "attachment"
    response.headers["Content-Disposition"] = f'{kind}; filename="{name}"'
    return response


def unlisted(response: Response) -> Response:
    """The response, which search engines are asked not to list."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def moved(address: str, *, for_good: bool) -> Response:
    """Lead to another address; browsers remember what is for good, and programs too."""
    return Response(status=301 if for_good else 302, headers={"Location": address})


def problem(
    status: int,
    detail: str,
    errors: Sequence[dict[str, str]] = (),
    title: str = "",
    kind: str = "",
) -> Response:
    """A problem document about the address asked for.

    :param title: for a status that has none of its own.
    :param kind: the name of the problem, where several have its status.
    """
    root = current_origin() + current_mount()
    found = problem_object(
        root, status, detail, instance=_asked(), title=title, errors=errors, kind=kind
    )
    response = Response(json.dumps(found, ensure_ascii=False), status, mimetype=MEDIA_TYPE)
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store" if status >= 500 else "no-cache"
    return response


def refused(ignored: Sequence[Notice]) -> Response:
    """400 for an address that cannot be read whole, naming each parameter that is wrong."""
    errors = [
        {"parameter": each.values[0], "code": each.code, "detail": each.text} for each in ignored
    ]
    return problem(400, errors[0]["detail"], errors)


def _asked() -> str:
    """The path and query of the request as a URI reference (RFC 3986)."""
    query = request.query_string.decode("ascii", "replace")
    asked = quote(current_path()) + (f"?{quote(query, safe=_ADDRESS)}" if query else "")
    return asked[:MAX_INSTANCE]


def _this_page_in_all_languages(here: Language) -> tuple[PageLanguage, ...]:
    path = quote(without_language(request.path), safe="/:~,;!$'()*@", errors="replace")
    query = quote(request.query_string.decode("latin-1"), safe=_ADDRESS)
    address = f"{path}?{query}" if query else path
    if len(address) > MAX_REPEATED:
        address = "/"
    mount = current_mount()
    return tuple(
        PageLanguage(
            each.tag, each.name, mount + each.prefix + address, each is here, each is ENGLISH
        )
        for each in LANGUAGES
    )


@lru_cache(maxsize=8)
def _digest(settings: Settings) -> str:
    return hashlib.sha256(repr(settings).encode()).hexdigest()


def _entity_tag() -> str:
    parts = (
        current_origin(),
        current_mount(),
        request.full_path,
        templates.build(current_app),
        _digest(current_settings()),
        # A citation says on which day the release was read, and dates may be by today.
        datetime.now(UTC).date(),
        today(),
        current_coverage().generation,
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]
