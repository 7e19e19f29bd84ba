"""Serving from one computer: its ports, its address in the local network, its log file, and waitress."""

import errno
import io
import logging
import select
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, NoReturn

import segno
from django.conf import settings
from django.utils.translation import gettext as _
from waitress.server import create_server

LOOPBACK = "127.0.0.1"
# Larger than an upload may be, so that a file which is too big meets our own sentence and not a closed connection.
MOST_BODY_BYTES = 100 * 1024 * 1024
LOG_BYTES = 1_000_000
# Beside the one that is written to.
OLD_LOG_FILES = 4


class CannotServeError(Exception):
    """The computer cannot serve as asked; the message is a sentence for the operator."""


def listening(addresses: Sequence[str], port: int) -> list[socket.socket]:
    """Sockets bound to `port` of each address, before anything else is done; CannotServeError says why not."""
    bound: list[socket.socket] = []
    try:
        for address in addresses:
            bound.append(socket.socket())
            if sys.platform != "win32":
                # A port just left may be taken again; on Windows the same option would let two servers share it.
                bound[-1].setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound[-1].bind((address, port))
    except (OSError, OverflowError) as error:
        for opened in bound:
            opened.close()
        raise CannotServeError(why_not(error, address, port)) from error
    return bound


def why_not(error: Exception, address: str, port: int) -> str:
    """What an operator can do about a port that cannot be had."""
    code = getattr(error, "errno", None)
    if code == errno.EADDRINUSE:
        return _(
            "Port %(port)d is taken, perhaps by Sourcewise itself: look at http://%(address)s:%(port)d/ "
            "or choose another port, such as --port %(other)d."
        ) % {"address": address, "port": port, "other": port + 1}
    if code == errno.EACCES:
        return _("Port %(port)d is reserved by this computer. Choose one above 1023, such as --port 8000.") % {
            "port": port
        }
    if code is None or not 0 <= port <= 65535:
        return _("There is no port %(port)d. Choose one from 1024 to 65535.") % {"port": port}
    return _("This computer does not have the address %(address)s. Say another one with --host, or leave it out.") % {
        "address": address
    }


def local_address() -> str:
    """This computer's address in its network. The socket is only pointed somewhere, nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError as error:
            raise CannotServeError(
                _("This computer is in no network. Join the network of the class, or say --host ADDRESS.")
            ) from error
        return str(probe.getsockname()[0])


def serve(application: Callable[..., Any], sockets: Sequence[socket.socket]) -> None:
    """Answer requests with waitress until Ctrl-C or SIGTERM."""
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, stop)
    server = create_server(
        application,
        sockets=list(sockets),
        threads=8,
        # A class of thirty opens some six connections each.
        connection_limit=1000,
        backlog=1024,
        asyncore_use_poll=hasattr(select, "poll"),
        max_request_body_size=MOST_BODY_BYTES,
        clear_untrusted_proxy_headers=not settings.TRUSTED_PROXIES,
        ident="",
    )
    server.run()


def stop(*_signal: object) -> NoReturn:
    """Leave the server's loop as Ctrl-C does."""
    raise KeyboardInterrupt


def log_to_file(path: Path) -> None:
    """Send our request log, and every warning, to a file that is turned over; the console stays calm."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=OLD_LOG_FILES, encoding="utf-8", delay=True)
    root = logging.getLogger()
    for console in root.handlers:
        console.setLevel(logging.ERROR)
        handler.setFormatter(console.formatter)
    root.addHandler(handler)


def qr(address: str, encoding: str) -> str:
    """The address as a QR code drawn with block characters; empty where the terminal lacks them."""
    drawn = io.StringIO()
    segno.make(address, micro=False).terminal(out=drawn, compact=True)
    try:
        drawn.getvalue().encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return ""
    return drawn.getvalue()
