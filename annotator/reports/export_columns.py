"""What each column of our files means, in the words of the export page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name in the file, and its meaning."""

    name: str
    meaning: str


def spans_columns() -> list[Column]:
    """The columns of spans.csv from left to right; neighbours that only make sense together share a line."""
    return [
        Column("span_id", _("the highlight’s own UUID")),
        Column("exercise", _("UUID of the exercise")),
        Column("document_id, document_title", _("UUID and title of the article")),
        Column("text_sha256", _("SHA-256 of the article’s text in UTF-8: the same text, the same hash")),
        Column("annotator", _("the reader’s code, or “key” for the key")),
        Column("is_key, round", _("1 for the key; round 1, 2 …, and 0 for the key")),
        Column("status", _("of the reading, see readings.csv; “late” for a highlight made after the cut-off")),
        Column("label", _("the tag’s permanent id in its codebook")),
        Column("start, end", _("place in the text, in Unicode code points, from 0, end not included")),
        Column("start_utf16, end_utf16", _("the same place for programs that count UTF-16 units")),
        Column("text", _("the highlighted words: the text from start to end")),
        Column("prefix, suffix", _("the 32 characters before and after, fewer at the text’s edges")),
        Column("note", _("the reader’s note")),
        Column("source_name, source_kind", _("who is speaking, and as what kind of source")),
        Column("confidence", _("empty, or 1 (let’s talk), 2, 3 (sure)")),
        Column("reported_by", _("for a claim: span_id of the attribution that reports it")),
        Column("created_at, updated_at", _("times in UTC, whole seconds")),
        Column("start_nonspace, end_nonspace", _("start and end counted without white space, as agreement counts")),
    ]


def readings_columns() -> list[Column]:
    """The columns of readings.csv from left to right."""
    return [
        Column("exercise", _("UUID of the exercise")),
        Column("document_id, document_title", _("UUID and title of the article")),
        Column("text_sha256, length", _("hash of the text; its length in code points")),
        Column("annotator, is_key, round", _("as in spans.csv")),
        Column("status", _("not_started, open, submitted (handed in), collected (taken in at closing), or late")),
        Column("counted", _("1 if figures count it: handed in, or collected with at least one highlight")),
        Column("n_spans", _("highlights in it; those made after the cut-off are not counted")),
        Column("codebook_version", _("codebook and its version, such as sourcewise-news/1")),
        Column("started_at, submitted_at", _("times in UTC, whole seconds")),
        Column("active_seconds", _("time spent reading: pauses of a minute and more left out")),
        Column("length_nonspace", _("length without white space")),
    ]


def gradebook_columns() -> list[Column]:
    """The columns of gradebook.csv from left to right."""
    return [
        Column("annotator", _("The reader’s code, as in the other files")),
        Column("name, student_ref, section", _("From the class list; empty unless names are asked for")),
        Column("exercise", _("The exercise’s public id")),
        Column("joined_at", _("When the reader joined the class")),
        Column(
            "status_r1, status_r2",
            _("not_started, open, submitted (every article handed in) or collected; empty for a round nobody began"),
        ),
        Column("submitted_at_r1, submitted_at_r2", _("When the last article was handed in or collected")),
        Column("active_minutes", _("Minutes at work in all rounds; pauses of a minute and more are left out")),
        Column("n_<label>", _("Highlights with each tag in the latest round, one column for each tag")),
        Column(
            "key_f1_r1, key_f1_r2",
            _("Match with the key, 0 to 1: 2·|R∩K| ÷ (|R|+|K|) over letters and tags, over all the reader’s articles"),
        ),
        Column("key_gain", _("key_f1_r2 − key_f1_r1")),
        Column(
            "points, points_max",
            _("(most − for the key) · handed in ÷ assigned + for the key · key_f1 of the latest round; and the most"),
        ),
    ]
