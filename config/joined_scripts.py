"""Scripts as they are served: each screen's modules in one file, and what several screens need in another.

Written are many small modules; sent one by one they cost a first visitor some seventy answers. `collectstatic` joins
them, and nothing else does: while one develops, the browser reads them as they stand. A module keeps its own scope and
runs once, when first asked for, in the order in which a browser would run it. Only the forms that our modules use are
known; any other is refused, so that nothing is joined wrongly in silence.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FOLDER = "annotator/js"
# In a folder below, so that Django names it before the files that import it.
SHARED = f"{FOLDER}/served/shared.js"
IMPORT = re.compile(r'^import (?:\{([^}]*)\} from )?"(\.[^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?function\*? (\w+)|class (\w+)|const (\w+) =)", re.MULTILINE)
NO_EXPORT = re.compile(r"^export \{\};$", re.MULTILINE)
# What is left of either word, and a module that waits while it is read: neither can stand in a function.
UNKNOWN = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
WAITING = re.compile(r"^(?:await\b|(?:const|let)\b[^=]*= await\b).*", re.MULTILINE)
ONCE = "const $once = (make, made) => () => (made ??= make());"


class JoinError(Exception):
    """A module says something that cannot be joined; the message names it."""


@dataclass(frozen=True)
class Joined:
    """The files to serve, text by name; and for each module that went into one, the name of that file."""

    files: dict[str, str]
    places: dict[str, str]


def joined(sources: Mapping[str, str]) -> Joined:
    """Join all our scripts, text by name; JoinError for a missing one too."""
    asked = {name: imports_of(name, sources) for name in sources}
    reached = {entry: reach(entry, asked) for entry in entries(sources, asked)}
    used = Counter(name for names in reached.values() for name in names)
    numbers = {name: f"${number}" for number, name in enumerate(used)}
    shared = [name for name in used if used[name] > 1]
    files = {SHARED: shared_file(shared, sources, numbers)} if shared else {}
    places = dict.fromkeys(shared, SHARED)
    for entry, names in reached.items():
        own = [name for name in names if name not in shared]
        files[entry] = entry_file(entry, own, [numbers[name] for name in names if name in shared], sources, numbers)
        places |= dict.fromkeys(own, entry)
    return Joined(files, places)


def entries(sources: Mapping[str, str], asked: Mapping[str, list[str]]) -> list[str]:
    """What pages name: the scripts of the folder itself that no other imports."""
    imported = {name for names in asked.values() for name in names}
    return [name for name in sources if posixpath.dirname(name) == FOLDER and name not in imported]


def imports_of(name: str, sources: Mapping[str, str]) -> list[str]:
    """The modules that one imports, by the names they have here."""
    found = [resolved(name, address) for _, address in IMPORT.findall(sources[name])]
    for each in found:
        if each not in sources:
            raise JoinError(f"{name} imports {each}, which is not there.")
    return found


def resolved(name: str, address: str) -> str:
    """Where an address leads, as the module `name` writes it."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), address))


def reach(entry: str, asked: Mapping[str, list[str]]) -> list[str]:
    """All that a script needs, directly or not, itself left out."""
    found: dict[str, None] = {}
    waiting = list(asked[entry])
    while waiting:
        here = waiting.pop(0)
        if here == entry:
            raise JoinError(f"{entry} imports itself.")
        if here not in found:
            found[here] = None
            waiting += asked[here]
    return list(found)


def shared_file(names: Iterable[str], sources: Mapping[str, str], numbers: Mapping[str, str]) -> str:
    """The file of what several screens need; nothing in it runs before it is asked for."""
    parts = [f"export {module(name, sources, numbers)}" for name in names]
    return "\n".join([ONCE, *parts, ""])


def entry_file(
    entry: str, names: list[str], shared: list[str], sources: Mapping[str, str], numbers: Mapping[str, str]
) -> str:
    """A screen's file: its modules, then its own text, which may wait and thus stays outside of any function."""
    if not (names or shared):
        return sources[entry]
    address = f"./{posixpath.relpath(SHARED, FOLDER)}"
    head = [f'import {{ {", ".join(shared)} }} from "{address}";'] if shared else []
    parts = [ONCE, *(module(name, sources, numbers) for name in names)] if names else []
    body, _exported = plain(entry, sources[entry], numbers)
    return "\n".join([*head, *parts, body])


def module(name: str, sources: Mapping[str, str], numbers: Mapping[str, str]) -> str:
    """One module as a function that runs it once and gives what it exports."""
    body, exported = plain(name, sources[name], numbers)
    if waiting := WAITING.search(body):
        raise JoinError(f"{name} waits while it is read, as only a screen's own file may: {waiting[0]}")
    return f"const {numbers[name]} = $once(() => {{\n{body}\nreturn {{ {', '.join(exported)} }};\n}});"


def plain(name: str, text: str, numbers: Mapping[str, str]) -> tuple[str, list[str]]:
    """A module's text without import and export, and the names that it exports.

    What is exported is handed out once, so it must be what never gets another value: functions, classes, constants.
    """

    def asking(found: re.Match[str]) -> str:
        number = numbers[resolved(name, found[2])]
        return f"{number}();" if found[1] is None else f"const {{{found[1].replace(' as ', ': ')}}} = {number}();"

    exported = [next(filter(None, groups)) for groups in EXPORT.findall(text)]
    body = EXPORT.sub("", IMPORT.sub(asking, NO_EXPORT.sub("", text)))
    if unknown := UNKNOWN.search(body):
        raise JoinError(f"{name} has an import or export of a form we do not know: {unknown[0]}")
    return body, exported
