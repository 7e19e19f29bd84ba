"""Static files get hashed names, also where one of ours asks for another; other people's scripts stay as they are."""

from collections.abc import Mapping
from pathlib import Path

from django.core.files.storage import FileSystemStorage

from config.static_storage import HashedStaticStorage


def hashed(folder: Path, files: Mapping[str, str]) -> dict[str, str]:
    """The files as they are served, by the name they had."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    storage = HashedStaticStorage(location=folder, base_url="/static/")
    found = {name: (FileSystemStorage(location=folder), name) for name in files}
    for name, _hashed_name, processed in storage.post_process(found):
        assert not isinstance(processed, Exception), f"{name}: {processed}"
    return {name: (folder / storage.hashed_files[name]).read_text() for name in files}


def test_a_module_imports_the_hashed_name(tmp_path: Path) -> None:
    files = {
        "annotator/js/annotate.js": 'import { a } from "./lib/a.js";',
        "annotator/js/lib/a.js": "export const a = 1;",
    }
    served = hashed(tmp_path, files)["annotator/js/annotate.js"]
    assert "./lib/a." in served
    assert '"./lib/a.js"' not in served


def test_a_sheet_asks_for_the_hashed_font(tmp_path: Path) -> None:
    files = {"annotator/css/x.css": 'a { src: url("../fonts/f.woff2") }', "annotator/fonts/f.woff2": "f"}
    served = hashed(tmp_path, files)["annotator/css/x.css"]
    assert "../fonts/f." in served
    assert "../fonts/f.woff2" not in served


def test_an_import_in_a_foreign_comment_breaks_nothing(tmp_path: Path) -> None:
    comment = '/** @type {import("../htmx").Api} */'
    assert hashed(tmp_path, {"other/ext.js": comment})["other/ext.js"] == comment
