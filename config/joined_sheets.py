"""Style sheets as they are served: a sheet made of others holds their text, and comments and indents are left out.

Not by a library: rcssmin 1.3 drops the blank of `.reading-text ::selection` inside a layer.
"""

import posixpath
import re
from collections.abc import Mapping

FOLDER = "annotator/css"
IMPORT = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)
# A string may hold what looks like a comment.
COMMENT = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|/\*.*?\*/""", re.DOTALL)
INDENT = re.compile(r"\n\s*")


def joined(name: str, sources: Mapping[str, str]) -> str:
    """A sheet's text with that of what it imports, in its place; KeyError for a missing one.

    All sheets stand in one folder, so that the addresses in them stay right.
    """
    return IMPORT.sub(lambda found: joined(posixpath.join(FOLDER, found[1]), sources), sources[name])


def smaller(text: str) -> str:
    """A sheet without comments, indents and empty lines."""
    return INDENT.sub("\n", COMMENT.sub(lambda found: found[1] or "", text)).lstrip()
