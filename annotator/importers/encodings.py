"""Bytes of a text become characters: by their mark, as UTF-8, or by the best guess there is."""

import codecs

from charset_normalizer import from_bytes

from annotator.domain.errors import gettext_noop
from annotator.importers.refusals import refusal

# The longer first: UTF-32's mark begins with UTF-16's.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
GUESSED = gettext_noop(
    "The file does not say how its letters are stored, so that was guessed. Check accents and quotes."
)
DAMAGED = gettext_noop("Some characters of the file could not be read. They show as �: compare them with the original.")
# Fewer bad bytes than this per good one are damage in UTF-8, not another encoding.
DAMAGE = 1 / 200
# Enough to tell an encoding from; the whole of 10 MB takes long.
SAMPLE = 64 * 1024
# What French, German, Spanish, Italian, Portuguese and the Nordic languages write beyond ASCII.
WESTERN = frozenset("àâäáãåæçéèêëíìîïñóòôöõøœúùûüÿßÀÂÄÁÅÆÇÉÈÊÑÓÔÖØÚÜŒªº°§©®«»“”‘’„‚–—…€£¿¡·\xa0")
MOST_WESTERN = 0.95


def decoded(content: bytes) -> tuple[str, list[str]]:
    """The characters, and warnings. A byte order mark is dropped, the text is not yet canonical."""
    for mark, name in MARKS:
        if content.startswith(mark):
            text = content[len(mark) :].decode(name, "replace")
            return text, [DAMAGED] if "\ufffd" in text and "\ufffd".encode(name) not in content else []
    try:
        return content.decode(), []
    except UnicodeDecodeError:
        return guessed(content)


def guessed(content: bytes) -> tuple[str, list[str]]:
    """What is not whole UTF-8: UTF-8 with a few bad bytes, or the encoding that suits it best."""
    text = content.decode("utf-8", "replace")
    good = sum(character > "\x7f" for character in text[:SAMPLE]) - text[:SAMPLE].count("\ufffd")
    if text.count("\ufffd") <= DAMAGE * len(text) and good > 3 * text[:SAMPLE].count("\ufffd"):
        return text, [DAMAGED]
    name = best_encoding(content[:SAMPLE])
    text = content.decode(name, "replace")
    return text, [GUESSED, DAMAGED] if "\ufffd" in text else [GUESSED]


def best_encoding(sample: bytes) -> str:
    """The name of the most likely encoding. The Western one where that gives Western letters: guessers mix it up."""
    western = sample.decode("cp1252", "replace")
    foreign = [character for character in western if character > "\x7f"]
    if sum(character in WESTERN for character in foreign) > MOST_WESTERN * len(foreign):
        return "cp1252"
    found = from_bytes(sample).best()
    if found is None:
        raise refusal("broken")
    return found.encoding
