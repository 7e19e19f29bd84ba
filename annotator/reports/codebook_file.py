"""codebook.json: a codebook's version with its labels, keys in schema order (FORMATS.md 2.4)."""

import json
from typing import Any

from annotator.models import CodebookVersion, Label
from annotator.reports.research_origin import moment

SCHEMA = 1


def codebook_file(version: CodebookVersion) -> bytes:
    """The file. Up to three queries."""
    return json.dumps(codebook_of(version), ensure_ascii=False, indent=2).encode() + b"\n"


def codebook_of(version: CodebookVersion) -> dict[str, Any]:
    """What is in it; texts as they are stored, never translated."""
    return {
        "schema": SCHEMA,
        "id": version.codebook.slug,
        "version": version.number,
        "parent_version": version.parent.number if version.parent else None,
        "frozen_at": moment(version.frozen_at) if version.frozen_at else None,
        "language": version.language,
        "title": version.title,
        "labels": [label_of(each) for each in version.labels.order_by("position")],
        "decision_order": version.decision_order,
        "overlap": version.overlap,
        "quoted_opinion": version.quoted_opinion,
        "attributes": version.attributes,
    }


def label_of(label: Label) -> dict[str, Any]:
    """One label."""
    return {
        "id": label.slug,
        "name": label.name,
        "letter": label.letter,
        "line_style": label.line_style,
        "question": label.question,
        "definition": label.definition,
        "include": label.include,
        "exclude": label.exclude,
        "extent": label.extent,
        "examples": label.examples,
    }
