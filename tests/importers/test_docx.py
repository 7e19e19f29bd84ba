"""Word documents: headings, lists with the numbers a reader sees, quotations, notes, tables, properties."""

from datetime import date

from annotator.importers import read_article
from tests.importers.documents import W, docx, paragraph

CORE = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
<dc:title>Ferry bought back</dc:title>
<dc:creator>{creator}</dc:creator><dcterms:created>2026-03-09T08:00:00Z</dcterms:created></cp:coreProperties>"""


def read(body, **parts):
    """The draft of a document with this body."""
    return read_article("ferry.docx", docx(body, **parts))


def shape(draft):
    """(kind, text) of each block."""
    return [(block.kind, block.text) for block in draft.blocks]


def test_styles_become_kinds_and_the_title_is_known():
    draft = read(
        paragraph("Ferry bought back", style="T")
        + paragraph("It  is “Eastquay’s”\u00a0again. ")
        + paragraph("What it cost", style="H")
        + paragraph("Too much.", style="Q")
        + paragraph("The ferry on Monday. Photo: J. Moll", style="C")
    )
    assert shape(draft) == [
        ("heading", "Ferry bought back"),
        ("paragraph", "It is “Eastquay’s”\u00a0again."),
        ("heading", "What it cost"),
        ("quotation", "Too much."),
        ("caption", "The ferry on Monday. Photo: J. Moll"),
    ]
    assert [block.is_title for block in draft.blocks] == [True, False, False, False, False]
    assert (draft.title, draft.language) == ("Ferry bought back", "en-GB")


def test_lists_keep_the_numbers_that_word_shows():
    draft = read(
        paragraph("four", number=(1, 0))
        + paragraph("first below", number=(1, 1))
        + paragraph("second below", number=(1, 1))
        + paragraph("five", number=(1, 0))
        + paragraph("first again", number=(1, 1))
        + paragraph("bullet", number=(2, 0))
        + paragraph("from one", number=(3, 0))
        + paragraph("two", number=(3, 0))
    )
    assert [block.text for block in draft.blocks] == [
        "IV. four",
        "IV.a) first below",
        "IV.b) second below",
        "V. five",
        "V.a) first again",
        "bullet",
        "I. from one",
        "II. two",
    ]
    assert {block.kind for block in draft.blocks} == {"list_item"}


def test_notes_stand_at_the_end_under_their_numbers():
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{paragraph("So the clerk.")}</w:footnote></w:footnotes>'
    body = '<w:p><w:r><w:t>It sank</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    assert [block.text for block in read(body, word_footnotes=notes).blocks] == ["It sank[1]", "[1] So the clerk."]


def test_a_table_is_read_row_by_row():
    cells = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    rows = cells.format(paragraph("Boat"), paragraph("Price")) + cells.format(paragraph("Gull"), paragraph("3 crowns"))
    draft = read(paragraph("Prices rose again, and again, and then they rose.") + f"<w:tbl>{rows}</w:tbl>")
    assert [block.text for block in draft.blocks[1:]] == ["Boat Price", "Gull 3 crowns"]


def test_the_properties_say_what_the_text_does_not():
    body = paragraph("It is late, said the pilot of the ferry on Monday.") * 2
    draft = read(body, docProps_core=CORE.format(creator="Ilse Varga"))
    assert (draft.title, draft.author, draft.published) == ("Ferry bought back", "Ilse Varga", date(2026, 3, 9))
    assert read(body, docProps_core=CORE.format(creator="Microsoft Office User")).author == ""
    told = read(paragraph("By Joan Moll") + paragraph("2 May 2025") + body, docProps_core=CORE.format(creator="X"))
    assert (told.author, told.published) == ("Joan Moll", date(2025, 5, 2))


def test_deleted_words_and_pictures_are_left_out():
    body = (
        '<w:p><w:r><w:t xml:space="preserve">It is </w:t></w:r>'
        '<w:del w:id="1" w:author="x"><w:r><w:delText>not </w:delText>'
        "</w:r></w:del><w:r><w:t>late</w:t></w:r><w:r><w:tab/><w:t>here</w:t><w:br/><w:t>now</w:t></w:r></w:p>"
    )
    assert [block.text for block in read(body).blocks] == ["It is late here\nnow"]
