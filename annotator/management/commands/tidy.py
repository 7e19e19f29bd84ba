"""`tidy`: forgets archived classes whose time has come, and sweeps out what has run out."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from annotator.services.retention import tidy


class Command(BaseCommand):
    """For a daily timer; safe to run at any time, and as often as one likes."""

    help = "Forget archived classes whose time has come, and expired sessions, links, doors and counters."

    def handle(self, *args: object, **options: Any) -> None:
        """Do it, and say how many: no name is printed."""
        counts = tidy()
        said = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
        self.stdout.write(_("Forgotten: %(what)s.") % {"what": said} if said else _("Nothing to forget."))
