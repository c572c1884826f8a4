"""Templates print what MarkupSafe would: text escaped, markup as it is."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader
from markupsafe import Markup, escape

from webapp.views.templates import PageEnvironment, escaped

SIGNS = st.text(st.sampled_from("&<>\"'a ;#é香") | st.characters(), max_size=12)


@given(SIGNS | SIGNS.map(Markup) | st.none() | st.booleans() | st.integers() | st.floats())
def test_a_value_is_escaped_as_markupsafe_does(value: object) -> None:
    assert str(escaped(value)) == str(escape(value))


@given(SIGNS)
def test_a_template_prints_each_kind_of_expression_escaped(text: str) -> None:
    app = Flask(__name__)
    app.jinja_environment = PageEnvironment
    template = app.jinja_env.from_string(
        "{% macro show(x) %}<i>{{ x }}</i>{% endmacro %}"
        "{{ text }}{{ show(text) }}{{ text|lower }}{% for x in [text] %}{{ x }}{% endfor %}"
    )
    safe = str(escape(text))
    assert template.render(text=text) == f"{safe}<i>{safe}</i>{escape(text.lower())}{safe}"


def test_a_dot_in_a_template_is_an_attribute_never_an_item() -> None:
    app = Flask(__name__)
    app.jinja_environment = PageEnvironment
    shown = app.jinja_env.from_string("{{ span.start }} {{ (span or other).stop }}")
    assert shown.render(span=slice(3, 5)) == "3 5"
    for wrong in ({"start": 3}, None):
        with pytest.raises(AttributeError):
            shown.render(span=wrong)


def test_an_included_template_prints_what_stands_around_it_and_changes_nothing_there() -> None:
    app = Flask(__name__)
    app.jinja_environment = PageEnvironment
    app.jinja_env.loader = DictLoader(
        {"line": "{% set x = x ~ y %}[{{ x }}{{ mark }}]", "both": "{% include 'line' %};{{ x }}"}
    )
    shown = app.jinja_env.from_string(
        "{% for x in 'ab' %}{% with y = x ~ '&' %}{% include 'both' %}{% endwith %}{% endfor %}"
    )
    assert shown.render(mark="!") == "[aa&amp;!];a[bb&amp;!];b"


def test_a_template_calls_with_values_by_place_and_by_name() -> None:
    app = Flask(__name__)
    app.jinja_environment = PageEnvironment
    shown = app.jinja_env.from_string(
        "{% macro both(a, b='-', c='<') %}{{ a }}{{ b }}{{ c }}{% endmacro %}"
        "{% for x in [1, 2] %}{{ both(x, c=f(x, more=3)) }} {% endfor %}"
    )
    assert shown.render(f=lambda x, more: x + more) == "1-4 2-5 "
    with pytest.raises(NotImplementedError):
        app.jinja_env.from_string("{{ f(*several) }}")
