"""The frame of every page, and the error pages, which need neither user nor database."""

import json
import re
from pathlib import Path

import pytest
from django.template import Context, Template, TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from annotator.models import User
from annotator.templatetags.icons import initials
from tests.design.palette import SCHEMES, palette

ROOT = Path(__file__).resolve().parents[2]
ERRORS = ["400", "403", "404", "405", "413", "422", "429", "500"]
HTMX = {
    "includeIndicatorStyles": False,
    "allowEval": False,
    "allowScriptTags": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,
    "refreshOnHistoryMiss": True,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "422", "swap": True},
        {"code": "[45]..", "swap": False, "error": True},
    ],
}


def page(cookies: dict[str, str] | None = None, **context: object) -> str:
    """The bare frame, as a view would render it."""
    request = RequestFactory().get("/")
    request.COOKIES.update(cookies or {})
    return get_template("base.html").render({"request": request, **context})


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_page_renders_with_nothing_at_all(code: str) -> None:
    html = get_template(f"{code}.html").render()
    assert f"Error {code}" in html
    assert html.count("btn primary") == 1


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_page_gives_the_reason_it_is_told(code: str) -> None:
    html = get_template(f"{code}.html").render({"message": "Ask again <tomorrow>."})
    assert "Ask again &lt;tomorrow&gt;." in html


def test_htmx_is_told_exactly_what_the_policy_needs() -> None:
    content = re.search(r"<meta name=\"htmx-config\" content='([^']*)'>", page())
    assert content is not None
    assert json.loads(content[1]) == HTMX


def test_a_chosen_theme_is_painted_by_the_server() -> None:
    assert 'data-theme="dark"' in page({"theme": "dark"})
    assert 'data-theme="light"' in page({"theme": "light"})


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_browser_frame_takes_the_bar_s_colour(scheme: str) -> None:
    assert f'<meta name="theme-color" content="{palette(scheme)["surface"]}">' in page({"theme": scheme})


def test_an_unknown_theme_is_ignored() -> None:
    html = page({"theme": '"><script>'})
    assert "data-theme=" not in html
    assert "<script>" not in html


def test_the_banner_warns_of_plain_http_and_only_then() -> None:
    assert "travels unprotected" in page(plain_http_warning=True)
    assert "travels unprotected" not in page(plain_http_warning=False)


def test_every_icon_is_hidden_and_takes_the_colour_around_it() -> None:
    for path in (ROOT / "templates" / "icons").glob("*.svg"):
        html = Template("{% load icons %}{% icon name %}").render(Context({"name": path.stem}))
        assert 'aria-hidden="true"' in html
        assert 'stroke="currentColor"' in html


def test_a_misspelt_icon_is_an_error() -> None:
    with pytest.raises(TemplateDoesNotExist):
        Template("{% load icons %}{% icon 'chekc' %}").render(Context())


@pytest.mark.parametrize(
    ("name", "username", "letters"),
    [("Marit van Aldervale", "m", "MA"), ("", "ida.brandt", "IB"), ("Zoé", "z", "Z"), ("", "...", "")],
)
def test_initials(name: str, username: str, letters: str) -> None:
    assert initials(User(name=name, username=username)) == letters


def test_the_crumb_escapes_names() -> None:
    html = render_to_string("_crumb.html", {"back_url": "/", "back_name": "<b>9B</b>", "here": "Week 6"})
    assert "&lt;b&gt;9B" in html
    assert 'aria-current="page"' in html
