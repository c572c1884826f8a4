"""A run of alerts: which releases are new to each, and one digest for everyone who is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from index.release import Release
from search.engine import Engine
from webapp.alerts.alerts_file import Alert, AlertsFile, is_mail
from webapp.alerts.delivery import DeliveryError, post, send_mail
from webapp.alerts.digest import Digest, News, as_json, as_mail
from webapp.alerts.sent import Sent
from webapp.site.links import Links


@dataclass
class AlertsReport:
    """`told`: releases by target. `begun`: alerts that begin with this run. `failed`: reasons."""

    told: dict[str, int] = field(default_factory=dict)
    begun: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def run_alerts(
    file: AlertsFile, engine: Engine, sent: Sent, links: Links, now: float
) -> AlertsReport:
    """Tell everyone of what is new since the alert began and was not told before.

    An alert that is new begins with the index as it is: nobody is told of the past. What a server
    does not take is sent in the next run.
    """
    report = AlertsReport()
    new = {alert.name: _new(alert, engine, sent, report) for alert in file.alerts}
    targets = dict.fromkeys(target for alert in file.alerts for target in alert.targets)
    for target in targets:
        digest = Digest(target, tuple(_for(target, file, new, sent)))
        if not digest.news:
            continue
        try:
            _deliver(digest, file, links, now)
        except DeliveryError as error:
            report.failed.append(str(error))
            continue
        sent.note([(n.alert, [r.id for r in n.releases]) for n in digest.news], target)
        report.told[target] = sum(len(each.releases) for each in digest.news)
    return report


def _new(alert: Alert, engine: Engine, sent: Sent, report: AlertsReport) -> tuple[Release, ...]:
    """Matches that came into the index at the alert's beginning or later."""
    since = sent.since(alert)
    if since is not None:
        return tuple(_since(alert, engine, since))
    now = engine.coverage().updated or ""
    sent.begin(alert, now, (release.id for release in _since(alert, engine, now)))
    report.begun.append(alert.name)
    return ()


def _since(alert: Alert, engine: Engine, since: str) -> Iterator[Release]:
    for hit in engine.every_hit(alert.request, snippets=False):
        if hit.first_indexed is not None and hit.first_indexed >= since:
            yield hit.release


def _for(
    target: str, file: AlertsFile, new: dict[str, tuple[Release, ...]], sent: Sent
) -> Iterator[News]:
    for alert in file.alerts:
        if target in alert.targets and new[alert.name]:
            was = sent.was(alert, target)
            releases = tuple(each for each in new[alert.name] if each.id not in was)
            if releases:
                yield News(alert, releases)


def _deliver(digest: Digest, file: AlertsFile, links: Links, now: float) -> None:
    if not is_mail(digest.target):
        news = [as_json(each, links) for each in digest.news]
        post(digest.target, {"alerts": news}, digest.key)
    elif file.mail is not None:
        send_mail(file.mail, as_mail(digest, links, file.mail.sender, now))
