"""The Flask application, put together: settings, languages, pages, headers."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from index import kernel
from webapp import context, security
from webapp.guards import concurrent_exports, mount, passwords, rate_limits, request_limits
from webapp.monitoring import metrics, request_log
from webapp.settings import misspelt, read_settings
from webapp.site.languages import LANGUAGES
from webapp.views import (
    api_pages,
    browse_pages,
    concordance_pages,
    downloads,
    error_pages,
    help_pages,
    reading_list_pages,
    release_pages,
    search_pages,
    service,
    subject_pages,
    suggestions,
    templates,
    trend_pages,
    watch_pages,
)

_PAGES = (
    search_pages,
    downloads,
    release_pages,
    browse_pages,
    trend_pages,
    help_pages,
    concordance_pages,
    watch_pages,
    reading_list_pages,
    api_pages,
    service,
    subject_pages,
    suggestions,
)


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The application. The index is opened at the first request, so it may be made later.

    :param config: settings by name (`index`, `per_page`, ...; docs/settings.md), which go before
        those of the environment; Flask's own names are passed on.
    :raises SettingError: for a setting outside its bounds.
    """
    given = dict(config or {})
    app = Flask(__name__, static_folder="static", template_folder="templates")
    app.config.update({key: value for key, value in given.items() if key.isupper()})
    app.jinja_environment = templates.PageEnvironment
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.url_map.strict_slashes = False
    settings = read_settings(given, os.environ)
    context.install(app, settings)
    mount.install(app, settings)
    templates.install(app)
    security.install(app)
    request_log.install(app, settings)
    metrics.install(app)
    request_limits.install(app)
    rate_limits.install(app, settings)
    passwords.install(app, settings)
    concurrent_exports.install(app, settings)
    for language in LANGUAGES:
        for views in _PAGES:
            name = views.blueprint.name + language.prefix.replace("/", "-")
            app.register_blueprint(views.blueprint, url_prefix=language.prefix, name=name)
    api_pages.install(app)
    error_pages.install(app)
    _log_start()
    return app


def _log_start() -> None:
    """In the log of the server: variables that may be meant as settings, and in one line from where
    it serves us, and with compiled loops or not.

    A checkout is served with its own sources, whose loops nobody may have compiled, even where an
    installed copy has them.
    """
    server = logging.getLogger("gunicorn.error")
    log = server if server.handlers else logging.getLogger(__name__)
    for sentence in misspelt(os.environ):
        log.warning(sentence)
    level = logging.INFO if kernel.names() else logging.WARNING
    log.log(level, "Dateline in %s. %s", Path(__file__).parents[1], kernel.status())
