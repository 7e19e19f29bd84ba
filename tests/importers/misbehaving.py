"""A child that was taken over: it takes the limits of a real one upon itself, then does what no reader should."""

import json
import os
import socket
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from annotator.importers import child


def told(words: object) -> None:
    """Say something to the parent, as a refusal."""
    print(json.dumps({"refused": {"message": str(words), "code": "told"}}))


def attempt(deed) -> None:
    """Say what came of it."""
    try:
        told(deed())
    except OSError as error:
        told(type(error).__name__)
    except MemoryError:
        told("MemoryError")


def write() -> object:
    """One byte into a file that has no name, so that none is left behind."""
    return os.write(os.open(f"{os.sep}tmp", os.O_TMPFILE | os.O_WRONLY), b"x")


def fork() -> object:
    """Another process."""
    if os.fork() == 0:
        os._exit(0)
    return "forked"


def calculate() -> None:
    """For ever."""
    while True:
        pass


BLOCK = {"kind": "paragraph", "text": " It is\x00 late. ", "group": "story", "kept": True, "is_title": False}
FOUND = {"title": "La\x00te", "published": None, "warnings": [], "changes": {}}
DEEDS = {
    "environment": lambda: told(dict(os.environ)),
    "memory": lambda: attempt(lambda: len(bytearray(2 * 1024**3))),
    "write": lambda: attempt(write),
    "fork": lambda: attempt(fork),
    "user": lambda: told(os.geteuid()),
    "open": lambda: attempt(lambda: len([socket.socket() for _ in range(80)])),
    "calculate": calculate,
    "sleep": lambda: time.sleep(60),
    "shout": lambda: print("x" * (9 * 1024 * 1024)),
    "die": lambda: os.abort(),
    "fail": lambda: sys.exit(3),
    "list": lambda: print("[]"),
    "null": lambda: print("null"),
    "half": lambda: print('{"found": {"blocks"'),
    "kind": lambda: print(json.dumps({"found": {**FOUND, "blocks": [{**BLOCK, "kind": "script"}]}})),
    "good": lambda: print(json.dumps({"found": {**FOUND, "blocks": [BLOCK]}})),
    "missing": lambda: print(json.dumps({"found": {"blocks": []}})),
}

if __name__ == "__main__":
    child.CPU_SECONDS = 1
    child.limit()
    DEEDS[sys.argv[1]]()
