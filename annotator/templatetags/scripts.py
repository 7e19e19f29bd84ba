"""Scripts of a screen: `{% preload "annotator/js/annotate.js" %}` asks for all that the module imports at once.

Without it a browser learns of an import only when it has read the file that names it, one round trip after the other.
"""

import posixpath
import re
from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()
# The form that our formatter writes; what a comment names as a type is no import.
IMPORT = re.compile(r'^(?:import|export)\b[^;"]*"(\.[^"]+)";', re.MULTILINE)


@register.simple_tag
@cache
def preload(path: str) -> SafeString:
    """Links to every file with modules that the one at `path` imports, its own left out, each once.

    As they are served, modules share files (`config/joined_scripts.py`), and a module's address is that of its file.
    """
    files = dict.fromkeys(static(name) for name in imported(path))
    files.pop(static(path), None)
    return format_html_join("\n    ", '<link rel="modulepreload" href="{}">', ((each,) for each in files))


def imported(path: str) -> list[str]:
    """What a module imports, directly or not, in the order a browser meets it; FileNotFoundError for a missing one."""
    found: dict[str, None] = {}
    waiting = [path]
    while waiting:
        here = waiting.pop(0)
        names = [posixpath.normpath(posixpath.join(posixpath.dirname(here), name)) for name in imports_of(here)]
        fresh = [name for name in dict.fromkeys(names) if name not in found and name != path]
        found |= dict.fromkeys(fresh)
        waiting += fresh
    return list(found)


def imports_of(path: str) -> list[str]:
    """The addresses as the module itself writes them."""
    place = finders.find(path)
    if not place:
        raise FileNotFoundError(path)
    return IMPORT.findall(Path(place).read_text(encoding="utf-8"))
