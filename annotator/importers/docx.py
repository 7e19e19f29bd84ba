"""Word documents: looked over as an archive, numbered as Word shows them, converted by mammoth, cleaned, cut."""

import io
import posixpath
import zipfile
from datetime import date
from typing import Any

import mammoth
from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring, tostring

from annotator.importers.converted import draft_of_html
from annotator.importers.docx_numbers import number_paragraphs
from annotator.importers.draft import DraftArticle
from annotator.importers.refusals import refusal
from annotator.importers.zip_guard import unpacked

DOCUMENT = "word/document.xml"
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
p[style-name='Block Text'] => blockquote:fresh
p[style-name='Quotations'] => blockquote:fresh
p[style-name='caption'] => figcaption:fresh
p[style-name='Caption'] => figcaption:fresh
"""
# Names that programs write where a person gave none.
NOBODY = {"", "admin", "administrator", "author", "microsoft office user", "python-docx", "unknown", "user"}


def read_docx(content: bytes) -> DraftArticle:
    """A .docx file. Pictures, running heads, comments and deleted words are left out; notes stand at the end."""
    parts = unpacked(content)
    name = document_name(parts)
    if name not in parts:
        raise refusal("mismatch")
    html = mammoth.convert_to_html(
        io.BytesIO(packed(parts, name)),
        style_map=STYLES,
        convert_image=mammoth.images.img_element(lambda _image: {}),
        external_file_access=False,
    ).value
    core = tree_of(parts, "docProps/core.xml")
    author = property_of(core, "creator")
    return draft_of_html(
        with_notes(html),
        title=property_of(core, "title"),
        author="" if author.casefold() in NOBODY else author,
        published=day_of(property_of(core, "created")),
        language=property_of(core, "language") or language_of(tree_of(parts, "word/styles.xml")),
    )


def document_name(parts: dict[str, bytes]) -> str:
    """The part that holds the text, by the archive's table of contents."""
    rels = tree_of(parts, "_rels/.rels")
    for each in [] if rels is None else rels.iter("{*}Relationship"):
        if each.get("Type", "").endswith("/officeDocument"):
            return str(each.get("Target", "")).lstrip("/")
    return DOCUMENT


def packed(parts: dict[str, bytes], name: str) -> bytes:
    """The archive again, its lists numbered; pictures and other things without text are not in it."""
    folder = posixpath.dirname(name)
    document = tree_of(parts, name)
    if document is None:
        raise refusal("broken")
    numbering, styles = (tree_of(parts, posixpath.join(folder, f"{each}.xml")) for each in ("numbering", "styles"))
    number_paragraphs(document, numbering, styles)
    archived = io.BytesIO()
    with zipfile.ZipFile(archived, "w") as archive:
        for each, words in parts.items():
            archive.writestr(each, etree.tostring(document, encoding="UTF-8") if each == name else words)
    return archived.getvalue()


def tree_of(parts: dict[str, bytes], name: str) -> Any | None:
    """A part as a tree, None where it is missing. It can neither fetch nor grow: zip_guard saw to that."""
    if name not in parts:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(parts[name], parser)
    except etree.XMLSyntaxError as error:
        raise refusal("broken") from error


def with_notes(html: str) -> str:
    """The HTML with each note's number before its words and without the arrow back to its place."""
    if 'id="footnote-' not in html and 'id="endnote-' not in html:
        return html
    tree = fragment_fromstring(html, create_parent="div")
    notes = [item for item in tree.iter("li") if str(item.get("id", "")).startswith(("footnote-", "endnote-"))]
    for number, note in enumerate(notes, 1):
        for link in note.iter("a"):
            if link.text == "↑":
                link.text = ""
        number_note(note, number)
    return str(tostring(tree, encoding="unicode"))


def number_note(note: HtmlElement, number: int) -> None:
    """“[1] ” before the words of a note, as in the text."""
    first = next(note.iter("p"), note)
    first.text = f"[{number}] {(first.text or '').lstrip()}"


def property_of(core: Any | None, name: str) -> str:
    """One of the document's properties, empty where it has none."""
    found = None if core is None else core.find(f"{{*}}{name}")
    return "" if found is None else (found.text or "").strip()


def language_of(styles: Any | None) -> str:
    """The language of the document's ordinary text."""
    found = None if styles is None else styles.find("{*}docDefaults//{*}lang")
    names = {} if found is None else {etree.QName(key).localname: str(each) for key, each in found.attrib.items()}
    return names.get("val", "")


def day_of(time: str) -> date | None:
    """The day of “2026-03-09T12:00:00Z”."""
    try:
        return date.fromisoformat(time[:10])
    except ValueError:
        return None
