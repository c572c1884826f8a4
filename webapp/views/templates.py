"""Templates, compiled once for each language with all that does not depend on the request."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, cast

from flask import Flask
from flask.templating import Environment
from jinja2 import BaseLoader, nodes
from jinja2 import Environment as JinjaEnvironment
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from webapp.site.languages import LANGUAGES, Language, html_direction
from webapp.site.paths import static_path

_KEY = "dateline-templates"
MAX_MOUNTS = 8
"""Paths that one application lies under: templates are compiled for each, some 2 MB."""


class _Compiled:
    """The templates of an application, compiled for languages and paths as they are asked for."""

    def __init__(self, app: Flask) -> None:
        self.digest = digest_of(Path(app.root_path))
        make = partial(_environment, app.jinja_env, self.digest)
        self.environment = lru_cache(MAX_MOUNTS * len(LANGUAGES))(make)


def install(app: Flask) -> None:
    """Give the application its templates in all languages, and a digest of its files."""
    app.jinja_env.filters["direction"] = _direction  # called at a fifth of what a function costs
    app.extensions[_KEY] = _Compiled(app)


def render(app: Flask, language: Language, mount: str, template: str, **view: Any) -> str:
    """A template in a language, for a site under a path."""
    return _compiled(app).environment(language, mount).get_template(template).render(**view)


def build(app: Flask) -> str:
    """A digest of this program's files, so that caches notice a new version of us."""
    return _compiled(app).digest


def digest_of(folder: Path) -> str:
    """A digest of all files in a folder, by name and content; not of what Python makes of them."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in files:
        if "__pycache__" not in path.parts:
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.relative_to(folder)} {content}\n".encode())
    return digest.hexdigest()[:12]


class _PlainPython(CodeGenerator):
    """`a.b` and `f(a)` of a template are those of Python.

    An attribute is never an item, and a wrong name ends the page, as `StrictUndefined` does: a page
    of results has 800, and takes 8 % longer to render with `environment.getattr` in their place.
    None of our functions asks for Jinja's context: to look whether one does, and to hand on the
    variables of loops, takes 1.5 microseconds of each of 30 calls.
    """

    def visit_Template(  # noqa: N802 - Jinja's name
        self, node: nodes.Template, frame: Frame | None = None
    ) -> None:
        super().visit_Template(_InPlace(self.environment).visit(node), frame)
        self.writeline(f"from {__name__} import escaped as escape")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(  # noqa: N802 - Jinja's name
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            raise NotImplementedError("templates of ours call with values by place and by name")
        self.visit(node.node, frame)
        self.write("(")
        for each in (*node.args, *node.kwargs):
            self.visit(each, frame)
            self.write(", ")
        self.write(")")


class _InPlace(NodeTransformer):
    """Puts what a template includes into its place, with what that includes."""

    def __init__(self, environment: JinjaEnvironment) -> None:
        self._environment = environment

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802 - Jinja's name
        name = cast(nodes.Const, node.template).value
        loader = cast(BaseLoader, self._environment.loader)
        source, path, _ = loader.get_source(self._environment, name)
        included = self.visit(self._environment.parse(source, name, path))
        return nodes.Scope(included.body, lineno=node.lineno)


class PageEnvironment(Environment):
    """An environment whose templates print text as it is where nothing in it needs escaping.

    MarkupSafe makes an object of its own of each value that is printed, 440 on a page of results:
    `escape` takes 0.9 microseconds for a word, `escaped` 0.2.
    """

    code_generator_class = _PlainPython


def escaped(value: Any) -> str:
    """A value as a template prints it: markup as it is, else escaped as MarkupSafe does."""
    kind = type(value)
    if kind is not str:
        number = kind is int or kind is float
        return str(value) if number else value if kind is Markup else escape(value)
    # Five looks: a regular expression takes 0.5 microseconds for an address, these 0.2.
    special = "&" in value or "<" in value or ">" in value or '"' in value or "'" in value
    return escape(value) if special else value


class ConstantCalls(Extension):
    """Calls with constant texts are made once, when a template is compiled.

    `_("Search")` becomes the sentence, `address("/search")` the address: part of the template, in
    the language of its environment.
    """

    functions: frozenset[str] = frozenset(("_", "pgettext", "address", "static"))

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """The tokens with the results of such calls in their places."""
        tokens = list(stream)
        at = 0
        while at < len(tokens):
            arguments = self._constant_arguments(tokens, at)
            if arguments is None:
                yield tokens[at]
                at += 1
            else:
                function = cast(Callable[..., str], self.environment.globals[tokens[at].value])
                yield from _safe_text(tokens[at].lineno, str(function(*arguments)))
                at += 2 + 2 * len(arguments)

    def _constant_arguments(self, tokens: list[Token], at: int) -> list[str] | None:
        """The texts between the brackets of a call that begins here; None for anything else."""
        if tokens[at].type != "name" or tokens[at].value not in self.functions:
            return None
        if at and tokens[at - 1].type == "dot":
            return None
        arguments: list[str] = []
        for place in range(at + 1, len(tokens) - 2, 2):
            opened = tokens[place].type == ("comma" if arguments else "lparen")
            if not opened or tokens[place + 1].type != "string":
                return None
            arguments.append(tokens[place + 1].value)
            if tokens[place + 2].type == "rparen":
                return arguments
        return None


def _safe_text(line: int, text: str) -> Iterator[Token]:
    """A text of ours, which needs no escaping, as an expression."""
    yield Token(line, "lparen", "(")
    yield Token(line, "string", text)
    yield Token(line, "pipe", "|")
    yield Token(line, "name", "safe")
    yield Token(line, "rparen", ")")


def _compiled(app: Flask) -> _Compiled:
    return cast(_Compiled, app.extensions[_KEY])


def _environment(
    shared: JinjaEnvironment, digest: str, language: Language, mount: str
) -> JinjaEnvironment:
    environment = shared.overlay(extensions=[ConstantCalls])
    environment.globals = {
        **shared.globals,
        "_": partial(_filled_in, language.gettext),
        "ngettext": partial(_counted, language),
        "pgettext": partial(_filled_in, language.pgettext),
        "address": lambda path: mount + language.prefix + path,
        "static": lambda name: mount + static_path(name, digest),
        "page_language": language.tag,
    }
    return environment


def _direction(text: str) -> str:
    attribute = html_direction(text)
    return Markup(attribute) if attribute else ""  # noqa: S704 - an attribute of ours


def _filled_in(say: Callable[..., str], *texts: str, **values: Any) -> Markup:
    """A sentence, which is markup, with values in it, which are escaped."""
    return Markup(say(*texts)) % values  # noqa: S704 - sentences of ours and our translators'


def _counted(language: Language, one: str, many: str, count: int) -> Markup:
    return Markup(language.ngettext(one, many, count))  # noqa: S704 - the same, with a number
