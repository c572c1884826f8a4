"""Headers that every response carries: nothing but our own files is ever loaded or run."""

from __future__ import annotations

from flask import Flask, Response, request

from webapp.site.languages import without_language
from webapp.site.parameters import query_pairs

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
A_YEAR = 31_536_000


CRAWLED_PAGES = 10
"""Pages of results whose links crawlers may follow; the site map leads to every release."""


def install(app: Flask) -> None:
    """Set the headers on all responses; files of ours with a version may be kept for a year."""

    @app.after_request
    def _set(response: Response) -> Response:
        stated = {name.lower() for name, _ in response.headers}
        missing = [each for each in HEADERS.items() if each[0].lower() not in stated]
        response.headers.extend(missing)
        if request.endpoint == "static" and response.status_code == 200 and "v" in request.args:
            response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-cache"
        directive = _for_crawlers(without_language(request.path))
        if directive:
            response.headers.setdefault("X-Robots-Tag", directive)
        return response


def _for_crawlers(path: str) -> str:
    """What crawlers should do with a page of results; nothing for what robots.txt forbids them.

    A crawler that may not read a page never learns that it should leave it out.
    """
    if not path.startswith("/search") or path.endswith(".csv"):
        return ""
    pages = [value for name, value in query_pairs(request.query_string) if name == "page"]
    page = pages[0] if pages else ""
    deep = page.isdecimal() and len(page) < 9 and int(page) > CRAWLED_PAGES
    return "noindex, nofollow" if deep or len(page) >= 9 else "noindex"
