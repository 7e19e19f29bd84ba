"""`quickstart`: prepares the database and everything beside it, prints a sign-in link, and serves."""

import os
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from socket import socket
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connections
from django.urls import reverse
from django.utils.translation import gettext as _

from annotator.domain.errors import gettext_noop
from annotator.management import serving
from annotator.models import User
from annotator.services.accounts import sign_in_link_add, teacher_add
from annotator.services.retention import tidy
from annotator.services.samples import samples_add

USERNAME = "teacher"
NO_PROXY = gettext_noop(
    "SOURCEWISE_HOSTS asks for HTTPS. If a proxy speaks it for Sourcewise, set SOURCEWISE_TRUSTED_PROXIES=1 as well: "
    "else every page leads back to itself."
)
LOG = Path(settings.DATA_DIR) / "logs" / "sourcewise.log"


class Command(BaseCommand):
    """From a fresh clone to a page in the browser, and every start after that."""

    help = "Prepare Sourcewise, print a one-time sign-in link, and serve it from this computer."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to serve, and what to make on the first run."""
        parser.add_argument("--port", type=int, default=8000, help="the port to serve on (8000)")
        parser.add_argument("--no-serve", action="store_true", help="prepare everything and stop")
        parser.add_argument("--empty", action="store_true", help="on the first run, leave out the sample class")
        parser.add_argument("--lan", action="store_true", help="let other computers of this network in, over HTTP")
        parser.add_argument("--host", metavar="ADDRESS", help="like --lan, with this address of the computer")

    def handle(self, *args: object, **options: Any) -> None:
        """Take the port first: what cannot be served should fail before anything else is done."""
        # What is made from here on is its owner's alone.
        os.umask(0o077)
        try:
            host = lan_host(options)
            # Each address once, in this order: the computer itself, then the network.
            addresses = dict.fromkeys([serving.LOOPBACK, host or serving.LOOPBACK])
            sockets = [] if options["no_serve"] else serving.listening([*addresses], options["port"])
        except serving.CannotServeError as error:
            raise CommandError(str(error)) from error
        prepare()
        user = first_teacher(is_empty=options["empty"])
        base = address(host, options["port"])
        self.announce(user, base, is_served=bool(sockets))
        if host:
            self.warn(base)
        if settings.HTTPS and not settings.TRUSTED_PROXIES:
            self.stderr.write(_(NO_PROXY))
        if sockets:
            self.serve(sockets)

    def announce(self, user: User, base: str, *, is_served: bool) -> None:
        """Print where to go, and where everything is."""
        link = base + reverse("sign-in-link", kwargs={"token": sign_in_link_add(user=user)}).lstrip("/")
        welcome = _("Sourcewise is ready. Open this link: it signs you in as “%(user)s”, once.")
        ending = _("Stop      Ctrl-C") if is_served else _("Start     python manage.py quickstart")
        self.stdout.write(
            f"""{welcome % {"user": user.username}}

  {link}

  {_("Address   %(address)s") % {"address": base}}
  {_("Data      %(folder)s") % {"folder": settings.DATA_DIR}}
  {_("Log       %(file)s") % {"file": LOG}}
  {ending}
"""
        )

    def warn(self, base: str) -> None:
        """For the class: the address as a picture, and what plain HTTP means."""
        sentence = _(
            "Everyone in this network can reach this address, and it is plain HTTP: whoever controls\n"
            "the network can read what is sent. Use it in a room you trust; stop it after the lesson."
        )
        self.stdout.write(f"{serving.qr(base, self.stdout.encoding or 'ascii')}\n{sentence}\n")

    def serve(self, sockets: list[socket]) -> None:
        """Serve until Ctrl-C; the database is left tidy."""
        self.stdout.flush()
        application = get_wsgi_application()
        # Only now: making the application sets logging up anew.
        serving.log_to_file(LOG)
        connections.close_all()
        with suppress(KeyboardInterrupt):
            serving.serve(application, sockets)
        connections.close_all()
        self.stdout.write("\n" + _("Stopped. Everything is kept. Start again with: python manage.py quickstart"))


def lan_host(options: dict[str, Any]) -> str:
    """The address for others when they are let in, and the settings that go with it; else nothing."""
    if not (options["lan"] or options["host"]):
        return ""
    if settings.HTTPS:
        raise CommandError(
            _("SOURCEWISE_HOSTS says that Sourcewise is reached over HTTPS. Unset it to use --lan or --host.")
        )
    host: str = options["host"] or serving.local_address()
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, host]
    settings.INSECURE_HTTP = True
    return host


def prepare() -> None:
    """The database brought up to date and tidied, and the static files under their hashed names."""
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except OperationalError as error:
        raise CommandError(_("The database cannot be opened. %(why)s") % {"why": error}) from error
    call_command("collectstatic", interactive=False, verbosity=0)
    tidy()


def first_teacher(*, is_empty: bool) -> User:
    """The operator whom the link signs in; made on the first run, with the sample class unless it is not wanted."""
    operators = User.objects.filter(is_superuser=True, is_active=True).order_by("pk")
    user = operators.first()
    if user is not None:
        return user
    user = teacher_add(username=USERNAME, name=_("Teacher"), is_operator=True)
    if not is_empty:
        samples_add(teacher=user)
    return user


def address(host: str, port: int) -> str:
    """Where a browser finds Sourcewise."""
    if settings.HTTPS and not host:
        return f"https://{settings.PUBLIC_HOSTS[0]}/"
    return f"http://{host or serving.LOOPBACK}:{port}/"
