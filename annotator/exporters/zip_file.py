"""Several files as one: the same content gives the same bytes, whenever and wherever it is packed."""

import io
import zipfile
from collections.abc import Mapping

# The first day a ZIP knows.
DATE = (1980, 1, 1, 0, 0, 0)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of files by name, sorted."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, DATE), files[name], zipfile.ZIP_DEFLATED)
    return packed.getvalue()
