"""Templates print what MarkupSafe would: text escaped, markup as it is."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
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
