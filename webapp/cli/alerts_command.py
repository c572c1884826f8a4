"""`dateline alerts`."""

from __future__ import annotations

import os
import time
from contextlib import closing

from index.addresses import origin_of
from webapp.alerts.alerts_file import read_alerts
from webapp.alerts.sent import Sent
from webapp.alerts.watch import AlertsReport, run_alerts
from webapp.cli.arguments import Arguments
from webapp.cli.search_command import opened
from webapp.settings import read_settings
from webapp.site.links import Links


def alerts(arguments: Arguments) -> AlertsReport:
    """Tell of what is new, and print who was told.

    :raises DatelineError: the file of alerts is not understood.
    """
    file = read_alerts(arguments.alerts)
    state = arguments.state or arguments.alerts.with_suffix(".sent.sqlite")
    with closing(opened(arguments)) as engine, closing(Sent(state)) as sent:
        report = run_alerts(file, engine, sent, site_links(), time.time())
    for name in report.begun:
        print(f"{name}: begins now")
    for target, count in report.told.items():
        print(f"{target}: {count:,} new")
    for reason in report.failed:
        print(f"not sent, and tried again next time: {reason}")
    return report


def site_links() -> Links:
    """Links whose addresses are whole where `DATELINE_BASE_URL` says where the pages are."""
    base = read_settings({}, os.environ).base_url
    origin = origin_of(base) if base else ""
    return Links(root=origin, mount=base.removeprefix(origin))
