"""Several files as one: the same content gives the same bytes, whenever and wherever it is packed."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import IO

# The first day a ZIP knows.
DATE = (1980, 1, 1, 0, 0, 0)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of files by name, sorted."""
    packed = io.BytesIO()
    zip_into(packed, ((name, [files[name]]) for name in sorted(files)))
    return packed.getvalue()


def zip_into(target: IO[bytes], files: Iterable[tuple[str, Iterable[bytes]]]) -> None:
    """Write a ZIP of files by name, in the order they come, each in its pieces: none is ever held whole."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in files:
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w") as opened:
                for piece in pieces:
                    opened.write(piece)
