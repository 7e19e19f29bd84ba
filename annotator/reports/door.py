"""The card of a class's door: code, link, QR code and until when they let people in. One query."""

import zoneinfo
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import segno
from django.utils import timezone

from annotator.domain.codes import code_shown
from annotator.models import Classroom, Door

THIS_COMPUTER = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code as drawing instructions: `path` of one SVG path in modules, `view_box` with its quiet zone."""

    path: str
    view_box: str
    start: int
    side: int


@dataclass(frozen=True, slots=True)
class DoorCard:
    """The card. `until` is today, week (the weekday says enough), date or over; `expires_at` in the class's zone.

    `address` is where the code is typed, without the scheme; `is_here_only` says that it works on this computer alone.
    """

    code: str
    address: str
    link: str
    qr: Qr
    expires_at: datetime
    until: str
    is_locked: bool
    is_here_only: bool

    @property
    def is_open(self) -> bool:
        """Whether somebody new can come in now."""
        return not self.is_locked and self.until != "over"


def door_card(classroom: Classroom, *, join_address: str) -> DoorCard | None:
    """The card of the class's door, None where there is none yet. `join_address` is the full address of /join/."""
    door = Door.objects.filter(classroom=classroom).first()
    return None if door is None else card_of(door, classroom, join_address)


def card_of(door: Door, classroom: Classroom, join_address: str) -> DoorCard:
    """What the card says."""
    link = f"{join_address}{door.token}/"
    local = door.expires_at.astimezone(zoneinfo.ZoneInfo(classroom.time_zone))
    here = urlsplit(join_address)
    return DoorCard(
        code=code_shown(door.code),
        address=f"{here.netloc}{here.path}".rstrip("/"),
        link=link,
        qr=qr_of(link),
        expires_at=local,
        until=until(local, timezone.now().astimezone(local.tzinfo)),
        is_locked=door.is_locked,
        is_here_only=here.hostname in THIS_COMPUTER,
    )


def until(local: datetime, now: datetime) -> str:
    """How the time is best said."""
    if local <= now:
        return "over"
    days = (local.date() - now.date()).days
    return "today" if days == 0 else "week" if days < 7 else "date"


def qr_of(link: str) -> Qr:
    """The QR code of a link: each run of dark modules is a bar of height one."""
    rows = [bytes(row) for row in segno.make(link, micro=False, error="m").matrix]
    path = "".join(bar for y, row in enumerate(rows) for bar in bars(y, row))
    side = len(rows) + 2 * QUIET
    return Qr(path=path, view_box=f"-{QUIET} -{QUIET} {side} {side}", start=-QUIET, side=side)


# A scanner needs this much empty space around, in modules.
QUIET = 4


def bars(y: int, row: bytes) -> list[str]:
    """The dark runs of one line."""
    found, x = [], 0
    while x < len(row):
        length = 1
        while x + length < len(row) and row[x + length] == row[x]:
            length += 1
        if row[x]:
            found.append(f"M{x} {y}h{length}v1h-{length}z")
        x += length
    return found
