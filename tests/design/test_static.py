"""Static files get hashed names, also where one of ours asks for another; other people's scripts stay as they are."""

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from django.core.files.storage import FileSystemStorage

from config.static_storage import HashedStaticStorage

STATIC = Path(__file__).resolve().parents[2] / "static"


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


def test_screens_import_what_they_share_by_its_hashed_name(tmp_path: Path) -> None:
    asking = 'import { a } from "./lib/a.js";\na();'
    files = {
        "annotator/js/annotate.js": asking,
        "annotator/js/device.js": asking,
        "annotator/js/lib/a.js": "export function a() {}",
    }
    served = hashed(tmp_path, files)["annotator/js/annotate.js"]
    [name] = re.findall(r'from ?"\./(served/shared\.\w{12}\.js)"', served)
    assert "function a()" in (tmp_path / "annotator/js" / name).read_text()


def test_a_module_has_the_address_of_the_file_that_it_went_into(tmp_path: Path) -> None:
    files = {
        "annotator/js/annotate.js": 'import { a } from "./lib/a.js";\na();',
        "annotator/js/lib/a.js": "export function a() {}",
    }
    served = hashed(tmp_path, files)
    assert served["annotator/js/lib/a.js"] == served["annotator/js/annotate.js"]
    assert list((tmp_path / "annotator/js/lib").iterdir()) == []


def test_a_sheet_made_of_others_is_one_file_without_comments(tmp_path: Path) -> None:
    files = {
        "annotator/css/page.css": '/* All. */\n@import "x.css";\n@import "y.css";\n',
        "annotator/css/x.css": "a { color: red }",
        "annotator/css/y.css": '@layer marks {\n  /* Two\n   lines. */\n  b ::before { content: "/* \\" */" }\n}\n',
    }
    served = hashed(tmp_path, files)["annotator/css/page.css"]
    assert served == 'a { color: red }\n@layer marks {\nb ::before { content: "/* \\" */" }\n}\n'


def test_a_sheet_asks_for_the_hashed_font(tmp_path: Path) -> None:
    files = {"annotator/css/x.css": 'a { src: url("../fonts/f.woff2") }', "annotator/fonts/f.woff2": "f"}
    served = hashed(tmp_path, files)["annotator/css/x.css"]
    assert "../fonts/f." in served
    assert "../fonts/f.woff2" not in served


def test_an_import_in_a_foreign_comment_breaks_nothing(tmp_path: Path) -> None:
    comment = '/** @type {import("../htmx").Api} */'
    assert hashed(tmp_path, {"other/ext.js": comment})["other/ext.js"] == comment


def test_our_own_scripts_are_few_files_that_ask_only_for_what_they_share(tmp_path: Path) -> None:
    own = {str(path.relative_to(STATIC)): path.read_text() for path in (STATIC / "annotator/js").rglob("*.js")}
    served = hashed(tmp_path, own)
    asked = {name: re.findall(r'^import.*?"(.+?)"', text, re.MULTILINE) for name, text in served.items()}
    assert len(asked["annotator/js/annotate.js"]) == 1
    assert {address for found in asked.values() for address in found} == set(asked["annotator/js/annotate.js"])
    assert len(set(served.values())) < len(own) / 2
    assert [name for name, text in served.items() if "/**" in text] == []


def test_every_script_as_it_is_served_can_be_read(tmp_path: Path) -> None:
    own = {str(path.relative_to(STATIC)): path.read_text() for path in (STATIC / "annotator/js").rglob("*.js")}
    for number, text in enumerate(set(hashed(tmp_path, own).values())):
        place = tmp_path / f"{number}.mjs"
        place.write_text(text)
        read = subprocess.run(["node", "--check", place], capture_output=True, text=True, check=False)
        assert read.returncode == 0, read.stderr


def test_our_own_sheets_ask_for_no_other(tmp_path: Path) -> None:
    folders = [STATIC / "annotator/css", STATIC / "annotator/fonts"]
    found = [path for folder in folders for path in folder.iterdir() if path.suffix in {".css", ".woff2"}]
    own = {str(path.relative_to(STATIC)): path.read_text() if path.suffix == ".css" else path.name for path in found}
    served = hashed(tmp_path, own)
    assert "@import" in own["annotator/css/every_page.css"]
    assert [
        name for name, text in served.items() if name.endswith(".css") and ("@import" in text or "/*" in text)
    ] == []


def test_modules_may_stand_on_each_other_as_high_as_ours_do_and_higher(tmp_path: Path) -> None:
    chain = {f"annotator/js/{n}.js": f'import {{ a }} from "./{n + 1}.js";' for n in range(20)}
    served = hashed(tmp_path, chain | {"annotator/js/20.js": "export const a = 1;"})
    assert set(served.values()) == {served["annotator/js/0.js"]}


def test_two_modules_may_name_each_others_types(tmp_path: Path) -> None:
    files = {
        "annotator/js/a.js": '/** @typedef {import("./b.js").B} B */\nimport { b } from "./b.js";\nb();',
        "annotator/js/b.js": '/** @typedef {import("./a.js").A} A */\nexport const b = () => 1;',
    }
    assert "import" not in hashed(tmp_path, files)["annotator/js/a.js"]
