"""Requests as a host wants them: by its robots.txt, at its pace, again when it stumbled."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import NoReturn
from urllib.parse import urldefrag, urljoin, urlsplit

from protego import Protego

from index.collect.collect_clock import CollectClock, stamp
from index.collect.collect_memory import CollectMemory, Validators
from index.collect.cookies import Cookies
from index.collect.fetch_error import FetchError, ForbiddenError, HostRestsError
from index.collect.http_client import HttpAnswer, HttpClient, sendable
from index.collect.listing import web_address

TRIES_AT_ONCE = 4
"""Requests for one thing in a run, when it fails for now."""
BACK_OFF_SECONDS = 2.0
"""Pause before the second request; each further one is twice as long."""
MOST_WAITED_SECONDS = 120.0
"""Longest `Retry-After` that is waited for in a run; a longer one ends the host's part of it."""
MOST_REST_SECONDS = 30 * 86_400.0
"""Longest rest that a host gets for one `Retry-After`: a wrong year would silence it for good."""
MAX_REDIRECTS = 5
"""Redirects that are followed from one address; RFC 9309 has as many for robots.txt."""
MOST_FAILURES = 5
"""Things in a row that fail for now until the host is left alone for the run."""
ROBOTS_SECONDS = 86_400.0
"""Age up to which a robots.txt is gone by, as RFC 9309 (2.4) has it."""
ROBOTS_BYTES = 512_000
"""Bytes of a robots.txt that are read; RFC 9309 (2.5) asks for 500 KiB."""
REDIRECTS = (301, 302, 303, 307, 308)
FORWARD_SECONDS = 10.0
"""Longest pause after which a page that says to load another one only leads there; those that load
themselves again for news do so after a minute or more."""
_FORWARD_HEAD = 4_096
"""Characters at the beginning of a page in which it may say so: its head."""
_SAYS_NOTHING_YET = re.compile(
    r"<!--.*?-->|<(noscript|script)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL
)
_FORWARDS = re.compile(
    r"(?is)<meta\s(?=[^>]{0,200}http-equiv\s*=\s*[\"']?refresh\b)[^>]{0,200}?"
    r"content\s*=\s*(?:\"([^\"]*)\"|'([^']*)')"
)
_PAUSE_AND_PLACE = re.compile(
    r"(?is)\s*(\d{1,4})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)[\"']?\s*"
)
PRODUCT = "Dateline"
"""What robots.txt calls us."""
_NOTHING = Validators()
Keep = Callable[[HttpAnswer, str], None]
"""Called with an answer that is to be kept, and what it is: `redirect`, `robots`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostLimits:
    """What one host is asked for in a run: requests, seconds from the first to the last, bytes."""

    requests: int = 2_000
    seconds: float = 3_600.0
    answered_bytes: int = 2 << 30


@dataclass
class _Host:
    """What happened with a host in this run."""

    began: float
    rules: Protego | None = None
    next_at: float = 0.0
    requests: int = 0
    answered_bytes: int = 0
    failures: int = 0
    why_not: str = field(default="")


class PoliteFetcher:
    """Asks hosts for things, as they want to be asked."""

    def __init__(
        self,
        client: HttpClient,
        memory: CollectMemory,
        clock: CollectClock,
        keep: Keep,
        *,
        agent: str,
        delay: float,
        limits: HostLimits = HostLimits(),
    ) -> None:
        self._client, self._memory, self._clock, self._keep = client, memory, clock, keep
        self._agent, self._delay, self._limits = agent, delay, limits
        self._hosts: dict[str, _Host] = {}

    def get(
        self,
        url: str,
        known: Validators = _NOTHING,
        is_had: Callable[[str], bool] = lambda _: False,
    ) -> HttpAnswer:
        """What is at an address, or at the end of its redirects.

        A redirect to something that is had already (`is_had`) is itself the answer.

        :raises ForbiddenError: robots.txt forbids it.
        :raises HostRestsError: its host gets no more requests in this run.
        :raises FetchError: no answer that says anything: none, an error of the server, a circle.
        """
        seen, cookies = set[tuple[str, str]](), Cookies()
        while True:
            self._permit(url)
            given = cookies.of(url)
            answer = self._tried(url, _conditions(known) | ({"Cookie": given} if given else {}))
            target = target_of(answer)
            if target is None:
                if answer.status == 304 and not _conditions(known):
                    raise FetchError(f"{url} says that it is as before, and was never there")
                return _said(answer)
            self._keep(answer, "redirect")
            if is_had(target):
                return answer
            seen.add((url, given))
            cookies.take(answer)
            if (target, cookies.of(target)) in seen or len(seen) > MAX_REDIRECTS:
                raise FetchError(f"{url} leads in a circle, or too far ({len(seen)} redirects)")
            url = target

    def named_sitemaps(self, url: str) -> list[str]:
        """The sitemaps that the robots.txt of a host names."""
        named = (web_address(url, each) for each in self._rules(url).sitemaps)
        return [each for each in named if each]

    def rests(self, url: str) -> bool:
        """Whether the host of an address gets no more requests in this run."""
        host = self._hosts.get(_origin(url))
        return host is not None and bool(host.why_not)

    def _permit(self, url: str) -> None:
        if not self._rules(url).can_fetch(_for_robots(url), PRODUCT):
            raise ForbiddenError(f"the robots.txt of {_origin(url)} forbids {url}")

    def _rules(self, url: str) -> Protego:
        host = self._host(url)
        if host.rules is None:
            text, fetched = self._memory.robots(_origin(url))
            if text is None or self._clock.now() - fetched > ROBOTS_SECONDS:
                text = self._robots(url)
                now = self._clock.now()
                self._memory.set_host(_origin(url), robots=text, fetched=now)
            host.rules = Protego.parse(text)
            host.next_at = max(host.next_at, self._clock.now() + self._pace(host))
        return host.rules

    def _robots(self, url: str) -> str:
        """The text of a robots.txt; what is not there forbids nothing (RFC 9309, 2.3.1)."""
        place = urljoin(_origin(url), "/robots.txt")
        try:
            for _ in range(MAX_REDIRECTS + 1):
                answer = self._tried(place, {})
                target = target_of(answer)
                if target is None:
                    break
                place = target
            if 400 <= answer.status < 500 and answer.status != 429:
                return ""
            text = _said(answer).content[:ROBOTS_BYTES].decode("utf-8", "replace")
        except HostRestsError:
            raise
        except FetchError as error:
            self._rest(url, f"the robots.txt of {_origin(url)} cannot be read: {error}")
        self._keep(answer, "robots")
        return text if answer.status == 200 else ""

    def _tried(self, url: str, headers: dict[str, str]) -> HttpAnswer:
        """An answer that is no failure for now, after some tries."""
        host = self._host(url)
        for attempt in range(TRIES_AT_ONCE):
            self._take_turn(url, host)
            try:
                answer = self._asked(url, headers, host)
            except FetchError as error:
                if not error.temporary:
                    raise
                failed = error
            else:
                if answer.status < 500 and answer.status != 429:
                    host.failures = 0
                    return answer
                failed = _stumbled(answer, self._clock.now())
            if failed.after is not None and failed.after > MOST_WAITED_SECONDS:
                until = self._clock.now() + min(failed.after, MOST_REST_SECONDS)
                self._memory.set_host(_origin(url), rests_until=until)
                self._rest(url, f"{_origin(url)} asks to be left alone until {stamp(until)}")
            pause = failed.after if failed.after is not None else BACK_OFF_SECONDS * 2**attempt
            host.next_at = max(host.next_at, self._clock.now() + pause)
        host.failures += 1
        if host.failures >= MOST_FAILURES:
            self._rest(url, f"{_origin(url)} failed {MOST_FAILURES} times in a row: {failed}")
        raise failed

    def _asked(self, url: str, headers: dict[str, str], host: _Host) -> HttpAnswer:
        host.requests += 1
        try:
            own = {"User-Agent": self._agent, "Accept": "*/*", "Accept-Encoding": "gzip"}
            answer = self._client.get(url, own | headers | {"Connection": "close"})
        finally:
            host.next_at = self._clock.now() + self._pace(host)
        host.answered_bytes += len(answer.body)
        return answer

    def _take_turn(self, url: str, host: _Host) -> None:
        """Wait until the host may be asked again.

        :raises HostRestsError: not in this run.
        """
        now, limits = self._clock.now(), self._limits
        rests_until = self._memory.rests_until(_origin(url))
        if rests_until > now:
            self._rest(url, f"{_origin(url)} asks to be left alone until {stamp(rests_until)}")
        if host.requests >= limits.requests or host.answered_bytes >= limits.answered_bytes:
            self._rest(url, f"{_origin(url)} was asked as much as it may be in one run")
        if max(now, host.next_at) - host.began > limits.seconds:
            self._rest(url, f"{_origin(url)} was asked for as long as it may be in one run")
        if host.next_at > now:
            self._clock.wait(host.next_at - now)

    def _pace(self, host: _Host) -> float:
        """Seconds between two requests: what robots.txt asks for, and never less than our own."""
        if host.rules is None:
            return self._delay
        rate = host.rules.request_rate(PRODUCT)
        asked = host.rules.crawl_delay(PRODUCT) or 0.0
        return max(self._delay, asked, rate.seconds / rate.requests if rate else 0.0)

    def _host(self, url: str) -> _Host:
        host = self._hosts.setdefault(_origin(url), _Host(began=self._clock.now()))
        if host.why_not:
            raise HostRestsError(host.why_not, temporary=True)
        return host

    def _rest(self, url: str, why: str) -> NoReturn:
        self._hosts[_origin(url)].why_not = why
        raise HostRestsError(why, temporary=True)


def target_of(answer: HttpAnswer) -> str | None:
    """Where a redirect leads, or a page that only forwards; None for another answer.

    :raises FetchError: to something that is no address of the web.
    """
    if answer.status in REDIRECTS:
        place = answer.header("location")
    else:
        place = _forwarded(answer) if answer.status == 200 else None
    if not place:
        return None
    target = web_address(answer.url, place)
    if target is None:
        raise FetchError(f"{answer.url} leads to {place[:200]!r}, which is no address of the web")
    target = urldefrag(target).url
    return None if answer.status == 200 and target == urldefrag(answer.url).url else target


def _forwarded(answer: HttpAnswer) -> str | None:
    """The address that a page says to load at once, in a header or in its own head."""
    said = answer.header("refresh")
    if said is None and "html" in (answer.header("content-type") or "html").lower():
        head = answer.content[:_FORWARD_HEAD].decode("utf-8", "replace")
        found = _FORWARDS.search(_SAYS_NOTHING_YET.sub("", head))
        said = html.unescape(found[1] or found[2] or "") if found else None
    forward = _PAUSE_AND_PLACE.fullmatch(said or "")
    return forward[2].strip() if forward and float(forward[1]) <= FORWARD_SECONDS else None


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.rpartition('@')[2].lower()}"


def _for_robots(url: str) -> str:
    try:
        return sendable(url)
    except ValueError as error:
        raise FetchError(f"{url!r} is no address") from error


def _conditions(known: Validators) -> dict[str, str]:
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in headers.items() if value}


def _said(answer: HttpAnswer) -> HttpAnswer:
    """An answer that says something: what is there, that it did not change, that it is gone."""
    if answer.status in (200, 304, 404, 410):
        return answer
    raise FetchError(f"{answer.url} gave status {answer.status} {answer.reason}".rstrip())


def _stumbled(answer: HttpAnswer, now: float) -> FetchError:
    why = f"{answer.url} gave status {answer.status} {answer.reason}".rstrip()
    return FetchError(why, temporary=True, after=_seconds(answer.header("retry-after"), now))


def _seconds(text: str | None, now: float) -> float | None:
    """What `Retry-After` says: seconds, or a day and time (RFC 9110, 10.2.3)."""
    text = (text or "").strip()
    if text.isascii() and text.isdecimal():
        return float(int(text[:9]))
    try:
        time = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp() - now)
