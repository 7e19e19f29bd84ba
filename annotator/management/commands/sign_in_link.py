"""Prints a link that signs a person in once: for a forgotten password, and for a first visit."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils.translation import gettext as _

from annotator.models import User
from annotator.services.accounts import sign_in_link_add

MOST_HOURS = 24 * 14


class Command(BaseCommand):
    """`manage.py sign_in_link USER [--host ADDRESS] [--hours N]`"""

    help = "Prints a link that signs USER in once, within a day unless --hours says otherwise."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and where the link leads."""
        parser.add_argument("user", help="the user name, in any case")
        parser.add_argument("--host", default="", help="the address people open, such as https://sourcewise.example")
        parser.add_argument("--hours", type=int, default=24, help="how long the link works, 24 unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look the person up and print one line."""
        if not 1 <= options["hours"] <= MOST_HOURS:
            raise CommandError(_("--hours takes a number from 1 to %(most)d.") % {"most": MOST_HOURS})
        place = address(options["host"])
        token = sign_in_link_add(user=person(options["user"]), lifetime=timedelta(hours=options["hours"]))
        self.stdout.write(place + reverse("sign-in-link", args=[token]))


def person(username: str) -> User:
    """The person of that user name, if they may sign in."""
    try:
        user = User.objects.get_by_natural_key(username)
    except User.DoesNotExist as error:
        raise CommandError(_("Nobody here has the user name “%(name)s”.") % {"name": username}) from error
    if not user.is_active:
        raise CommandError(_("“%(name)s” is barred. Make the person active in the admin first.") % {"name": username})
    return user


def address(host: str) -> str:
    """Scheme and host in front of the path: as given, else as the installation is set up."""
    scheme = "https" if settings.HTTPS else "http"
    host = host or (settings.PUBLIC_HOSTS[0].lstrip(".") if settings.PUBLIC_HOSTS else "localhost:8000")
    found = urlsplit(host if "://" in host else f"{scheme}://{host}")
    if found.scheme not in {"http", "https"} or not found.netloc or found.path.strip("/"):
        raise CommandError(_("--host takes an address such as https://sourcewise.example."))
    return f"{found.scheme}://{found.netloc}"
