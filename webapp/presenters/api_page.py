"""The interface for programs -> its page: examples first, then every address in full."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from webapp.api.openapi import OPERATIONS, Operation, problems_of
from webapp.api.problems import PROBLEMS, Problem
from webapp.api.query_parameters import Parameter
from webapp.presenters.anchor import Anchor
from webapp.settings import Settings
from webapp.site.links import Links


@dataclass(frozen=True, slots=True)
class ParameterView:
    """A parameter: what it takes, in words."""

    name: str
    takes: str
    meaning: Markup


@dataclass(frozen=True, slots=True)
class OperationView:
    """An address: an example to follow, a command line, its parameters and problems.

    `example_name` is the summary in the language of the page; the rest is in English.
    `same_as` is an address above that takes the same parameters.
    """

    anchor: str
    path: str
    summary: str
    example_name: str
    meaning: Markup
    media_type: str
    example: str
    command: str
    parameters: tuple[ParameterView, ...]
    same_as: Anchor | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ApiView:
    """The page about the interface for programs."""

    operations: tuple[OperationView, ...]
    problems: tuple[Problem, ...]
    description: str
    per_page: int
    feed_items: int
    shared: str
    canonical: str


def present_api(links: Links, settings: Settings, example_id: str | None) -> ApiView:
    """The page; `example_id` is a release that examples may speak of."""
    return ApiView(
        operations=tuple(_operation(links, each, example_id) for each in OPERATIONS),
        problems=PROBLEMS,
        description=links.whole("/api/openapi.json"),
        per_page=settings.per_page,
        feed_items=settings.feed_items,
        shared=settings.cross_origin,
        canonical=links.page("/api"),
    )


def _operation(links: Links, each: Operation, example_id: str | None) -> OperationView:
    first = next(other for other in OPERATIONS if other.parameters == each.parameters)
    same_as = Anchor(first.summary, f"#{first.name}") if each.parameters and first != each else None
    example = links.mount + each.example
    if example_id is not None and "{id}" in each.path:
        example = links.release_id(example_id, ".json")
    return OperationView(
        anchor=each.name,
        path=each.path,
        summary=each.summary,
        example_name=links.language.gettext(each.summary),
        meaning=_with_code(each.meaning),
        media_type=each.answer.media_type,
        example=example,
        command=f"curl {shlex.quote(links.root + example)}",
        parameters=() if same_as else tuple(map(_parameter, each.parameters)),
        same_as=same_as,
        problems=problems_of(each),
    )


def _parameter(each: Parameter) -> ParameterView:
    takes = " or ".join(map(_takes, each.schema.get("anyOf", [each.schema])))
    if each.most > 1:
        takes += f"; up to {each.most} times"
    return ParameterView(each.name, takes, _with_code(each.meaning))


def _with_code(text: str) -> Markup:
    """A sentence of ours with what stands between backticks as code."""
    escaped = str(Markup.escape(text))
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", escaped))  # noqa: S704 - escaped above


def _takes(schema: dict[str, Any]) -> str:
    """A schema in words."""
    if "enum" in schema:
        text = ", ".join(schema["enum"])
    elif schema["type"] == "integer":
        text = f"a number, {schema['minimum']:,} to {schema['maximum']:,}"
    elif "maxLength" in schema:
        text = f"text, up to {schema['maxLength']:,} characters"
    else:
        text = schema.get("title", "text")
    default = schema.get("default")
    return text if default is None else f"{text}; default {json.dumps(default).strip(chr(34))}"
