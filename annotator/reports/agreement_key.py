"""Readings beside the teacher's key of the same article: the key is no reader, and in no other figure."""

import numpy as np

from annotator.domain.agreement.documents import Document, Spans
from annotator.models import Article, Exercise
from annotator.models.counted import CountedText, counted_texts, labels_of
from annotator.reports.agreement_rows import key_readings, texts_in


def texts_with_key(
    exercise: Exercise, number: int, article: Article | None = None
) -> tuple[list[tuple[CountedText, Document]], tuple[str, ...]]:
    """Every text whose key was handed in, with the key's document; and the codebook's slugs. Eight queries."""
    texts = texts_in([exercise], number, article)
    labels, slugs = labels_of(exercise.codebook_version_id)
    keys = {text.place[:2]: text.document for text in counted_texts(key_readings(exercise, article), labels)}
    return [(text, keys[text.place[:2]]) for text in texts if text.place[:2] in keys], slugs


def joined(readers: Document, key: Document) -> Document:
    """The readers' document with the key as one more, last, under the id after theirs."""
    columns = {
        name: np.concatenate([getattr(readers.spans, name), getattr(key.spans, name)])
        for name in ("label", "start", "end")
    }
    number = len(readers.readers)
    owner = np.concatenate([readers.spans.reader, np.full(len(key.spans), number, dtype=np.int64)])
    return Document(readers.length, np.append(readers.readers, readers.readers[-1] + 1), Spans(owner, **columns))
