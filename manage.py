#!/usr/bin/env python3
"""The one way to run Sourcewise from a shell: `python manage.py quickstart` starts it."""

import os
import sys


def main() -> None:
    """Hand the command line to Django; what is wrong with the installation itself is said in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError:
        sys.exit("Sourcewise is not installed for this Python. Use the command under “Run” in README.md.")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Sourcewise cannot start. {error}")


if __name__ == "__main__":
    main()
