"""The security rules we claim are the ones some test proves, and no others."""

import ast
import csv
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]


def marked(node: ast.AST) -> str | None:
    """The rule named by a `proves("S01")` mark, wherever it stands."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "proves"):
        return None
    return str(ast.literal_eval(node.args[0]))


def proved() -> set[str]:
    """The rules named by marks in the tests."""
    modules = (ast.parse(path.read_text()) for path in TESTS.rglob("test_*.py"))
    return {rule for module in modules for node in ast.walk(module) if (rule := marked(node))}


def claimed() -> list[str]:
    """The rules listed in security_rules.csv."""
    with (TESTS / "security_rules.csv").open(newline="") as file:
        return [row["id"] for row in csv.DictReader(file)]


def test_every_claimed_rule_is_proved_and_every_proof_claimed() -> None:
    assert sorted(proved()) == claimed()
