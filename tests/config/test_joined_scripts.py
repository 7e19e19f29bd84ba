"""Many modules become few files that do the same; what cannot be joined rightly is refused."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from config.joined_scripts import JoinError, joined

A = "annotator/js/a.js"
B = "annotator/js/b.js"
ONE = "annotator/js/lib/one.js"
TWO = "annotator/js/lib/two.js"


def said(folder: Path, files: Mapping[str, str]) -> str:
    """What a screen prints when Node runs it."""
    for name, text in (files | {"package.json": '{"type": "module"}'}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return subprocess.run(["node", folder / A], capture_output=True, text=True, check=True).stdout


def test_joined_modules_do_what_they_do_apart_in_the_same_order_and_once(tmp_path: Path) -> None:
    sources = {
        A: 'import { late, two as second } from "./lib/two.js";\nimport { add, seen } from "./lib/one.js";\n'
        'console.log("a");\nadd("a");\nawait null;\nconsole.log(seen.join(), second, late());\n',
        B: 'import { seen } from "./lib/one.js";\nconsole.log(seen);',
        ONE: 'console.log("one");\nexport const seen = [];\nlet count = 0;\nexport function add(who) {\n'
        "  count += 1;\n  seen.push(`${who} ${count}`); // of `all`\n}\n",
        TWO: 'import { add } from "./one.js";\nconsole.log("two");\nadd("two");\nexport const two = 2;\n'
        "export const late = () => hidden;\nconst hidden = /[/*]/.source;\n",
    }
    apart = said(tmp_path / "apart", sources)
    assert apart == "one\ntwo\na\ntwo 1,a 2 2 [/*]\n"
    assert said(tmp_path / "joined", joined(sources).files) == apart


def test_a_screen_and_its_modules_are_one_file_without_imports() -> None:
    made = joined({A: 'import { one } from "./lib/one.js";\none();', ONE: "export function one() {}"})
    assert list(made.files) == [A]
    assert "import" not in made.files[A]
    assert made.places == {ONE: A}


def test_what_two_screens_need_is_a_file_of_its_own() -> None:
    asking = 'import { one } from "./lib/one.js";\none();'
    made = joined({A: asking, B: asking, ONE: "export const one = () => 1;"})
    assert made.places == {ONE: "annotator/js/served/shared.js"}
    for entry in (A, B):
        assert made.files[entry].startswith('import { $0 } from "./served/shared.js";')
    assert "export const $0 = " in made.files["annotator/js/served/shared.js"]


def test_a_screen_of_one_file_stays_as_it_is() -> None:
    text = "// Nothing is imported.\nawait 1;\nexport {};\n"
    assert joined({A: text}).files == {A: text}


def test_each_kind_of_export_is_handed_out_by_its_name() -> None:
    text = "\n".join([
        "export function f() {}", "export async function g() {}", "export function* h() {}", "export class I {}",
        "export const j = 1;", "const hidden = 2;",
    ])  # fmt: skip
    made = joined({A: 'import { f as other, g, h, I, j } from "./lib/one.js";', ONE: text}).files[A]
    assert "return { f, g, h, I, j };" in made
    assert "const { f: other, g, h, I, j } = $0();" in made
    assert "export" not in made


def test_a_module_is_known_by_its_place_however_its_address_is_written() -> None:
    made = joined({
        A: 'import "./lib/one.js";\nimport { two } from "./lib/two.js";',
        ONE: 'import { two } from "../lib/two.js";\ntwo();',
        TWO: "export function two() {}",
    })  # fmt: skip
    assert made.files[A].count("function two()") == 1
    assert made.files[A].count("const { two } = $1();") == 2


@pytest.mark.parametrize(
    "line",
    [
        "export let one = 1;", "export default 1;", "export { one };", 'export * from "./two.js";',
        'import one from "./two.js";', 'import * as one from "./two.js";', "export const { one } = two;",
        "await one;", "const one = await two();",
    ],
)  # fmt: skip
def test_other_forms_are_refused_with_the_name_of_the_module(line: str) -> None:
    sources = {A: 'import "./lib/one.js";', ONE: f"const two = 2;\n{line}", TWO: ""}
    with pytest.raises(JoinError, match=r"lib/one\.js"):
        joined(sources)


def test_a_module_that_is_not_there_is_refused() -> None:
    with pytest.raises(JoinError, match=r"lib/one\.js, which is not there"):
        joined({A: 'import "./lib/one.js";'})


def test_types_in_comments_import_nothing() -> None:
    made = joined({A: '/** @typedef {import("./b.js").B} B */\n', B: '/** @typedef {import("./a.js").A} A */\n'})
    assert made.places == {}
