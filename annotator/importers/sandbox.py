"""Reading a hostile file in a child process with little memory, little time and no rights."""

import contextlib
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import IO, Any, TypeVar

from annotator.domain.errors import RuleError
from annotator.domain.names import one_line
from annotator.domain.roster import RosterRow
from annotator.domain.text import canonical_text
from annotator.importers.draft import KINDS, DraftArticle, SourceBlock
from annotator.importers.refusals import refusal
from annotator.importers.roster_csv import RosterFile

WALL_SECONDS = 15
MOST_OUTPUT = 8 * 1024 * 1024
# How many files are read at a time on this machine, and how long the next one waits for its turn.
SLOTS = 2
PATIENCE_SECONDS = 5
CHILD = Path(__file__).with_name("child.py")
KILLED = -9
OUT_OF_TIME = -24
Found = TypeVar("Found")


def read_in_child(kind: str, content: bytes, person: str = "") -> DraftArticle:
    """What the reader for `kind` finds in `content`; `person` is whose turn it takes.

    RuleError, always with a sentence, whatever the file does to its reader. At most 20 seconds.
    """
    with turn(person):
        return answer_of(*run(kind, content), understood=draft_from)


def list_in_child(content: bytes, person: str = "") -> RosterFile:
    """The class list in a file, with the same limits and refusals."""
    with turn(person):
        return answer_of(*run("roster", content), understood=roster_from)


def run(kind: str, content: bytes) -> tuple[bytes, int]:
    """One child from start to end; what it said, and how it ended."""
    # -I: no environment, no user site, no current folder. -B: it may not write, so it need not try.
    command = [sys.executable, "-I", "-B", "-X", "utf8", str(CHILD), kind]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=bare(), start_new_session=True
    ) as child:
        alarm = threading.Timer(WALL_SECONDS, end, [child])
        alarm.start()
        try:
            output = talk(child, content)
        finally:
            alarm.cancel()
            end(child)
    return output, child.returncode


def bare() -> dict[str, str]:
    """The empty environment; Windows cannot start a program without its own root."""
    return {"SYSTEMROOT": os.environ["SYSTEMROOT"]} if os.name == "nt" else {}


def talk(child: "subprocess.Popen[bytes]", content: bytes) -> bytes:
    """Give the child its file and take what it says; one byte too many, and it is cut off."""
    # Popen was asked for both pipes.
    writer = threading.Thread(target=give, args=[child.stdin, content])
    writer.start()
    output = child.stdout.read(MOST_OUTPUT + 1) if child.stdout else b""
    if len(output) > MOST_OUTPUT:
        end(child)
    child.wait()
    writer.join()
    return output


def give(pipe: IO[bytes], content: bytes) -> None:
    """Write everything, unless the child has stopped listening."""
    with contextlib.suppress(OSError), pipe:
        pipe.write(content)


def end(child: "subprocess.Popen[bytes]") -> None:
    """Kill the child and all it may have started; nothing happens to one that is over."""
    if child.poll() is not None:
        return
    with contextlib.suppress(OSError):
        if os.name == "nt":
            child.kill()
        else:
            os.killpg(child.pid, signal.SIGKILL)


def answer_of(output: bytes, status: int, *, understood: Callable[[dict[str, Any]], Found]) -> Found:
    """The child's answer as `understood` makes it; a refusal where it died, said too much, or made no sense."""
    if status in {KILLED, OUT_OF_TIME} or len(output) > MOST_OUTPUT:
        raise refusal("too_heavy")
    try:
        answer = json.loads(output)
        if "refused" in answer:
            raise RuleError(**answer["refused"])
        return understood(answer["found"])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise refusal("broken") from error


def draft_from(found: dict[str, Any]) -> DraftArticle:
    """The draft from its JSON. Nothing is believed of a child that may have been taken over by what it read."""
    blocks = tuple(block for each in found.pop("blocks") if (block := block_from(each)).text)
    published = found.pop("published")
    return DraftArticle(
        blocks=blocks,
        published=date.fromisoformat(published) if published else None,
        warnings=tuple(map(str, found.pop("warnings"))),
        changes={str(kind): int(count) for kind, count in found.pop("changes").items()},
        **{name: canonical_text(str(words)).text for name, words in found.items()},
    )


def roster_from(found: dict[str, Any]) -> RosterFile:
    """The class list from its JSON, every cell on one line whatever the child says."""
    rows = [RosterRow(**{name: one_line(str(cell)) for name, cell in each.items()}) for each in found.pop("rows")]
    return RosterFile(
        rows=[row for row in rows if row.name],
        unread=[one_line(str(each)) for each in found.pop("unread")],
        others=int(found.pop("others")),
        warnings=[str(each) for each in found.pop("warnings")],
    )


def block_from(given: dict[str, Any]) -> SourceBlock:
    """One block, in canonical characters whatever the child says."""
    if given["kind"] not in KINDS:
        raise ValueError(given["kind"])
    return SourceBlock(
        kind=given["kind"],
        text=canonical_text(str(given["text"]), is_whole=False).text.strip(),
        group=str(given["group"]),
        kept=bool(given["kept"]),
        is_title=bool(given["is_title"]),
    )


@contextlib.contextmanager
def turn(person: str) -> Iterator[None]:
    """One file per person, and few on this machine, at a time; `busy` when no turn comes up."""
    latest = time.monotonic() + PATIENCE_SECONDS
    own = [f"person-{hashlib.sha256(person.encode()).hexdigest()[:32]}"] if person else []
    with contextlib.ExitStack() as held:
        for names in ([name] for name in own):
            held.enter_context(lock(names, latest))
        held.enter_context(lock([f"slot-{number}" for number in range(SLOTS)], latest))
        yield


@contextlib.contextmanager
def lock(names: list[str], latest: float) -> Iterator[None]:
    """Hold one of these locks, the first that is free until `latest`. The system frees it when its holder dies."""
    # Here and not above, for the child loads this room too and has no use for it.
    from filelock import FileLock, Timeout

    folder = lock_folder()
    while True:
        for name in names:
            try:
                with FileLock(folder / f"{name}.lock", timeout=0):
                    yield
                    return
            except Timeout:
                continue
        if time.monotonic() > latest:
            raise refusal("busy")
        time.sleep(0.05)


def lock_folder() -> Path:
    """A folder of this user's own for locks; another one's of that name is left alone."""
    folder = Path(tempfile.gettempdir()) / f"sourcewise-{os.getuid() if hasattr(os, 'getuid') else 'imports'}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or (hasattr(os, "getuid") and folder.stat().st_uid != os.getuid()):
        return Path(tempfile.mkdtemp(prefix="sourcewise-"))
    return folder
