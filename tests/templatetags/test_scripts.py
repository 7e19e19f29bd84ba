"""What a screen's script imports is asked for in the page itself."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from annotator.templatetags.scripts import imported, imports_of, preload

ENTRY = "annotator/js/annotate.js"


def test_everything_that_is_imported_is_named_once_and_the_module_itself_is_not() -> None:
    found = imported(ENTRY)
    assert "annotator/js/lib/offsets.js" in found
    assert ENTRY not in found
    assert len(found) == len(set(found))


def test_no_import_is_left_out() -> None:
    found = imported(ENTRY)
    # Each file's own count of the word, whatever our pattern makes of it.
    for path in [ENTRY, *found]:
        assert len(imports_of(path)) == len(statements(path)), path


def statements(path: str) -> list[str]:
    """The ends of a module's import and re-export statements."""
    text = (Path(__file__).resolve().parents[2] / "static" / path).read_text()
    return re.findall(r'(?:from|^import) "\.[^"]*";$', text, re.MULTILINE)


def test_each_becomes_a_link() -> None:
    assert '<link rel="modulepreload" href="/static/annotator/js/lib/offsets.js">' in preload(ENTRY)


def test_what_is_served_in_one_file_is_asked_for_once(settings, tmp_path) -> None:
    hashed = {"BACKEND": "config.static_storage.HashedStaticStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": hashed}
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    served = preload.__wrapped__(ENTRY)  # not from the cache, nor into it
    assert re.fullmatch(r'<link rel="modulepreload" href="/static/annotator/js/served/shared\.\w{12}\.js">', served)


def test_a_module_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        imported("annotator/js/no_such.js")
