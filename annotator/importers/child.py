"""The child process that meets a hostile file: it limits itself, reads one file from stdin and answers with JSON.

Started as `python -I child.py KIND`, with an empty environment, by sandbox.py. It never imports Django.
"""

import contextlib
import encodings
import importlib
import json
import os
import pkgutil
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

MEMORY = 1024**3
CPU_SECONDS = 10
OPEN_FILES = 64
NOBODY = 65534
# kind: the module that reads it, and the function in it.
READERS = {
    "docx": ("docx", "read_docx"),
    "html": ("html", "read_html"),
    "markdown": ("markdown", "read_markdown"),
    "pdf": ("pdf", "read_pdf"),
    "roster": ("roster_csv", "read_roster"),
    "text": ("plain_text", "read_text"),
}
LATE_COMERS = ("_strptime", "heapq", "stringprep", "xml.dom.expatbuilder")


def main() -> None:
    """Limits first, then the bytes. A refusal is an answer; any other failure ends the process."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    read = reader(sys.argv[1])
    with contextlib.suppress(ImportError):
        limit()
    said = json.dumps(answer(read, sys.stdin.buffer.read()), ensure_ascii=False)
    sys.stdout.buffer.write(said.encode("utf-8", "replace"))


def reader(kind: str) -> Callable[[bytes], Any]:
    """The function for a kind of file; its parser is loaded here, and no other, and before the files are closed."""
    module, name = READERS[kind]
    found: Callable[[bytes], Any] = getattr(importlib.import_module(f"annotator.importers.{module}"), name)
    return found


def limit() -> None:
    """What this process may use from here on. ImportError on Windows, which knows no such limits."""
    import resource

    drop_rights()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def drop_rights() -> None:
    """Root becomes nobody: root has no process limit. In a container with one user it stays who it is."""
    if os.geteuid() != 0:
        return
    load_late_comers()
    with contextlib.suppress(OSError):
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def load_late_comers() -> None:
    """Load what Python and the parsers load on first use: nobody may not be allowed to read root's libraries."""
    for module in pkgutil.iter_modules(encodings.__path__):
        # One of them is for Windows alone.
        with contextlib.suppress(ImportError):
            importlib.import_module(f"encodings.{module.name}")
    for name in LATE_COMERS:
        importlib.import_module(name)


def answer(read: Callable[[bytes], Any], content: bytes) -> dict[str, Any]:
    """What was found, or the sentence of a refusal."""
    from annotator.domain.errors import RuleError

    try:
        found = asdict(read(content))
    except RuleError as error:
        return {"refused": {"message": error.message, "code": error.code, **error.params}}
    if found.get("published"):
        found["published"] = found["published"].isoformat()
    return {"found": found}


if __name__ == "__main__":
    main()
