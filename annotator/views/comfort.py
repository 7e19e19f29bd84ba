"""How a reader's browser wants the text set: kept in cookies by the page's script, painted by the server."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def comfort(cookies: Mapping[str, str]) -> dict[str, Any]:
    """What the annotate page's templates name; a cookie with anything unknown counts as none."""
    sizes = [
        ("", "size-1", _("Normal")),
        ("text-larger", "size-2", _("Larger")),
        ("text-largest", "size-3", _("Largest")),
    ]
    spaces = [("", _("Normal")), ("more-space", _("Wide"))]
    return {
        "text_sizes": sizes,
        "text_size": known(cookies.get("text_size", ""), [value for value, _css, _word in sizes]),
        "line_spaces": spaces,
        "line_space": known(cookies.get("line_space", ""), [value for value, _word in spaces]),
    }


def known(value: str, values: list[str]) -> str:
    """The value if it is one of ours."""
    return value if value in values else ""
