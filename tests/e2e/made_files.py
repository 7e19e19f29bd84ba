"""Word and PDF files made by hand, as small as they can be, for tests of uploads."""

import io
import zipfile
from collections.abc import Sequence

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
A_GREY_DOT = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"


def docx(title: str, paragraphs: Sequence[str]) -> bytes:
    """A Word document with a heading and paragraphs."""
    heading = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
    rows = [f"<w:p>{heading}<w:r><w:t>{title}</w:t></w:r></w:p>"]
    rows += [f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", RELATIONS)
        package.writestr("word/document.xml", f"<w:document {WORD}><w:body>{''.join(rows)}</w:body></w:document>")
    return made.getvalue()


def pdf(title: str, paragraphs: Sequence[str]) -> bytes:
    """A page of one-line paragraphs under a larger title."""
    lines = [f"BT /F1 24 Tf 72 740 Td ({title}) Tj ET"]
    lines += [f"BT /F1 11 Tf 72 {700 - 40 * row} Td ({text}) Tj ET" for row, text in enumerate(paragraphs)]
    return pages(
        "\n".join(lines).encode("latin-1"), b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", b"Font", b"F1"
    )


def scanned_pdf() -> bytes:
    """A page that is one picture."""
    return pages(
        b"612 0 0 792 0 0 cm /F1 Do", A_GREY_DOT + b" /Length 1 >>\nstream\n\x80\nendstream", b"XObject", b"F1"
    )


def pages(content: bytes, resource: bytes, kind: bytes, name: bytes) -> bytes:
    """One page that draws `content` with one resource."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /%b << /%b 5 0 R >> >> >>"
        % (kind, name),
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        resource,
    ]
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(made)
    return made + b"xref\n0 6\n0000000000 65535 f \n" + table + end
