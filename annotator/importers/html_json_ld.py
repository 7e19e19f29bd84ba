"""What a page says of its article in JSON-LD, read as data and as far as it makes sense."""

import json
import re
from collections.abc import Iterator
from typing import Any

ARTICLE = re.compile(r"(?:Article|Posting|Report)$")
# Pages wrap the data for readers of old; lists and graphs nest only a little.
WRAPPING = re.compile(r"^\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*;?\s*$|;\s*$")
MOST_NODES = 5000

Node = dict[str, Any]


def articles(scripts: list[str]) -> tuple[list[Node], dict[str, Node]]:
    """The nodes that describe an article, the most telling first, and every node that has an `@id`."""
    nodes = [node for script in scripts for node in walk(parsed(script))]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    found = [node for node in nodes if any(ARTICLE.search(kind) for kind in strings(node.get("@type")))]
    return sorted(found, key=lambda node: ("headline" not in node, "datePublished" not in node)), by_id


def parsed(script: str) -> Any:
    """The data of a script, or nothing if it is broken."""
    try:
        return json.loads(WRAPPING.sub("", script), strict=False)
    except (ValueError, RecursionError):
        return None


def walk(data: Any) -> Iterator[Node]:
    """Every object in the data, outer before inner."""
    waiting = [data]
    seen = 0
    while waiting and seen < MOST_NODES:
        item = waiting.pop(0)
        seen += 1
        if isinstance(item, dict):
            yield item
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)


def strings(value: Any) -> list[str]:
    """A string or a list of strings as a list of strings."""
    values = value if isinstance(value, list) else [value]
    return [item.strip() for item in values if isinstance(item, str) and item.strip()]


def names_of(value: Any, by_id: dict[str, Node]) -> list[str]:
    """The names of people or organisations, given as strings, objects or references."""
    found = []
    for item in value if isinstance(value, list) else [value]:
        node = by_id.get(str(item.get("@id")), item) if isinstance(item, dict) and "name" not in item else item
        found += strings(node.get("name") if isinstance(node, dict) else node)
    return list(dict.fromkeys(found))


def first_string(node: Node, *keys: str) -> str:
    """The first of these values that is a string, or an object with an `@id`."""
    for key in keys:
        value = node.get(key)
        value = value.get("@id") or value.get("alternateName") if isinstance(value, dict) else value
        if found := strings(value):
            return found[0]
    return ""
