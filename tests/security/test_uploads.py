"""Nothing here fetches from another server, and no uploaded byte is kept or given out."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

ROOT = Path(__file__).resolve().parents[2]
FETCHING = {"aiohttp", "ftplib", "http.client", "httpx", "requests", "smtplib", "urllib.request", "urllib3", "xmlrpc"}


def imported(path):
    """The modules that a file imports by name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))


@pytest.mark.proves("S20")
def test_no_module_of_ours_can_ask_another_server():
    files = [ROOT / "manage.py", *(ROOT / "annotator").rglob("*.py"), *(ROOT / "config").rglob("*.py")]
    assert len(files) > 50
    fetching = {(path.name, name) for path in files for name in imported(path) if name in FETCHING}
    assert fetching == set()


@pytest.mark.proves("S21")
def test_no_table_holds_a_file_and_there_is_no_place_for_one():
    fields = [field for model in apps.get_models() for field in model._meta.get_fields()]
    assert [field for field in fields if isinstance(field, models.FileField | models.FilePathField)] == []
    # Bytes of our own making: an article's agreement counts.
    binary = {field.model._meta.model_name for field in fields if isinstance(field, models.BinaryField)}
    assert binary == {"agreementpairs", "agreementrow"}
    assert (settings.MEDIA_URL, settings.MEDIA_ROOT) in {("/", ""), ("", "")}


def views(resolver):
    """Every view that an address leads to."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from views(each)
        elif isinstance(each, URLPattern):
            yield each.callback


@pytest.mark.proves("S21")
def test_no_address_serves_files_from_a_folder():
    serving = {view.__module__ for view in views(get_resolver())} & {
        "django.views.static",
        "django.contrib.staticfiles.views",
    }
    assert serving == set()
