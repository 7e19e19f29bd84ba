"""The codebook that comes with the app: sourcewise-news, version 1, with its four labels.

Its texts are frozen here and stored in English. They are marked for translation, so that a screen may pass a text of
a codebook without an owner through gettext; an export writes what is stored.
"""

import uuid
from datetime import UTC, datetime

from django.db import migrations
from django.utils.translation import gettext_noop as _

SLUG = "sourcewise-news"
# The same in every installation, so that exports of two of them name one codebook.
CODEBOOK = uuid.UUID("5f0e2c6a-3b57-4d0e-9d4c-1c1d6a0b7e01")
VERSION = uuid.UUID("5f0e2c6a-3b57-4d0e-9d4c-1c1d6a0b7e11")
PUBLISHED = datetime(2026, 1, 5, 12, 0, 0, tzinfo=UTC)

DECISION_ORDER = [
    _("Would it fit under any story? Tag it boilerplate, and stop here."),
    _(
        "Is someone named or implied as the source? "
        "Tag the source and the “said” words attribution, then go on inside what was said."
    ),
    _("Could evidence settle it? Tag it claim."),
    _("Is it the writer’s verdict, or loaded words? Tag it opinion."),
    _("Otherwise leave it blank. Blank is an answer; do not fill the page."),
]

EVERY = ["claim", "attribution", "opinion", "boilerplate"]
KINDS = [
    "named_person",
    "anonymous",
    "official",
    "expert",
    "organisation",
    "document",
    "witness",
    "agency",
    "unspecified",
]
ATTRIBUTES = [
    {"id": "source_name", "type": "text", "labels": ["attribution"], "values": [], "shown": False},
    {"id": "source_kind", "type": "choice", "labels": ["attribution"], "values": KINDS, "shown": False},
    {"id": "reported_by", "type": "link", "labels": ["claim"], "values": ["attribution"], "shown": False},
    {"id": "confidence", "type": "choice", "labels": EVERY, "values": ["1", "2", "3"], "shown": False},
    {"id": "note", "type": "text", "labels": EVERY, "values": [], "shown": False},
]

# An example's `marks` are the words of its `text` that carry this label; none where the label does not belong.
CLAIM = {
    "slug": "claim",
    "name": _("Claim"),
    "letter": "C",
    "line_style": "solid",
    "question": _("Could someone check this?"),
    "definition": _(
        "A statement put as fact that evidence could confirm or refute. Whether it is true or false does not matter."
    ),
    "student_text": _(
        "It says something about the world. A record, a count or a witness could show if it is right. "
        "It can be wrong and still be a claim."
    ),
    "include": [
        _("numbers and dates"),
        _("causes"),
        _("comparisons; “first”, “biggest”, “only”"),
        _("rules"),
        _("small obvious facts"),
        _("measurable promises"),
    ],
    "exclude": [
        _("questions, wishes and orders"),
        _("pure praise or blame"),
        _("predictions nobody could test"),
    ],
    "extent": _(
        "The smallest clause that makes sense alone. Drop a leading “and” or “but”; keep “about” and “allegedly”."
    ),
    "examples": [
        {
            "text": _("The Tarn Bridge closed on 3 May and reopened in July."),
            "marks": [_("The Tarn Bridge closed on 3 May"), _("reopened in July")],
            "rule": _("Two claims: either half could be false alone."),
        },
        {
            "text": _("Mayor Ilse Varga said the bridge is safe."),
            "marks": [_("the bridge is safe")],
            "rule": _("What was said is a claim of its own, linked to the attribution before it."),
        },
        {
            "text": _("The bungled repair cost 4 million crowns."),
            "marks": [_("The bungled repair cost 4 million crowns")],
            "rule": _("The whole clause is a claim; “bungled” is an opinion as well."),
        },
        {
            "text": _("Tickets will cost 2 crowns from June."),
            "marks": [_("Tickets will cost 2 crowns from June")],
            "rule": _("The future counts when it can be measured."),
        },
        {
            "text": _("Varga left the hall smiling."),
            "marks": [_("Varga left the hall smiling")],
            "rule": _("A small fact that a witness could confirm."),
        },
    ],
}
ATTRIBUTION = {
    "slug": "attribution",
    "name": _("Attribution"),
    "letter": "A",
    "line_style": "dashed",
    "question": _("Says who?"),
    "definition": _(
        "The words that hand a statement, belief, plan or finding to a source: the source and its cue, such as “said”."
    ),
    "student_text": _(
        "Mark the words that tell us where it comes from: the source and the “said” word. "
        "Do not mark what they said. That may be a claim."
    ),
    "include": [
        _("people, groups and documents"),
        _("“according to”"),
        _("denials"),
        _("“declined to comment”"),
    ],
    "exclude": [
        _("what the source did or felt"),
        _("authorship"),
        _("scare quotes"),
        _("titles in quotation marks"),
        _("empty “it” or “there”"),
    ],
    "extent": _("The source with the title that identifies it, plus the cue; not what was said."),
    "examples": [
        {
            "text": _("Mayor Ilse Varga said the bridge is safe."),
            "marks": [_("Mayor Ilse Varga said")],
            "rule": _("The source with her title, and the cue."),
        },
        {
            "text": _("“A disgrace,” said Varga."),
            "marks": [_("said Varga")],
            "rule": _("No opinion here: the writer is not judging."),
        },
        {
            "text": _("Riverline did not reply to our questions."),
            "marks": [_("Riverline did not reply to our questions")],
            "rule": _("A source and its refusal."),
        },
        {
            "text": _("Varga, 61, from Eastquay, said the work is done."),
            "marks": [_("Varga, 61, from Eastquay, said")],
            "rule": _("One attribution from source to cue, the middle included."),
        },
        {
            "text": _("Varga left the hall smiling."),
            "marks": [],
            "rule": _("No attribution: nothing is handed to a source."),
        },
    ],
}
OPINION = {
    "slug": "opinion",
    "name": _("Opinion"),
    "letter": "O",
    "line_style": "double",
    "question": _("Is this the writer’s own judgement?"),
    "definition": _("The author’s own judgement, feeling, verdict, call to act, or loaded wording."),
    "student_text": _(
        "Two people who know all the facts could still disagree. "
        "Sometimes one loaded word is enough: mark just that word."
    ),
    "include": [
        _("verdicts"),
        _("irony"),
        _("rhetorical questions"),
        _("“should”"),
        _("belittling words"),
    ],
    "exclude": [
        _("an opinion openly given to someone else"),
        _("a touchy topic in plain words"),
    ],
    "extent": _("A whole judging sentence, or just the loaded words."),
    "examples": [
        {
            "text": _("The bungled repair cost 4 million crowns."),
            "marks": [_("bungled")],
            "rule": _("One loaded word; the cost is a claim."),
        },
        {
            "text": _("Will they ever learn?"),
            "marks": [_("Will they ever learn?")],
            "rule": _("A rhetorical question judges."),
        },
        {
            "text": _("“A disgrace,” said Varga."),
            "marks": [],
            "rule": _("No opinion: the verdict is Varga’s, not the writer’s."),
        },
    ],
}
BOILERPLATE = {
    "slug": "boilerplate",
    "name": _("Boilerplate"),
    "letter": "B",
    "line_style": "dotted",
    "question": _("Would it fit unchanged under another story?"),
    "definition": _("Text that is not part of this story."),
    "student_text": _("Would it fit under any story? “Sign up”, “Support us”, credits, links. Mark the whole block."),
    "include": [
        _("a donation or newsletter appeal"),
        _("a copyright line"),
        _("an agency credit"),
        _("“read more”"),
        _("an ad label"),
        _("a comment policy"),
        _("an author biography"),
    ],
    "exclude": [
        _("captions"),
        _("corrections"),
        _("a disclosure about this story"),
    ],
    "extent": _("The whole block."),
    "examples": [
        {
            "text": _("Give 5 crowns: no billionaire owns us."),
            "marks": [_("Give 5 crowns: no billionaire owns us.")],
            "rule": _("Boilerplate only; a note may mention the claim."),
        },
    ],
}
LABELS = [CLAIM, ATTRIBUTION, OPINION, BOILERPLATE]


def add(apps, schema_editor):
    """Store the codebook, published."""
    codebook = apps.get_model("annotator", "Codebook").objects.create(uuid=CODEBOOK, slug=SLUG, created_at=PUBLISHED)
    version = apps.get_model("annotator", "CodebookVersion").objects.create(
        uuid=VERSION,
        codebook=codebook,
        number=1,
        title=_("Four tags for the news"),
        language="en",
        overlap="allowed",
        quoted_opinion="off",
        decision_order=DECISION_ORDER,
        attributes=ATTRIBUTES,
        created_at=PUBLISHED,
        published_at=PUBLISHED,
    )
    for position, label in enumerate(LABELS, 1):
        apps.get_model("annotator", "Label").objects.create(version=version, position=position, tint=position, **label)


def remove(apps, schema_editor):
    """Take it away again; refused by the database while an exercise uses it."""
    apps.get_model("annotator", "Label").objects.filter(version__uuid=VERSION).delete()
    apps.get_model("annotator", "CodebookVersion").objects.filter(uuid=VERSION).delete()
    apps.get_model("annotator", "Codebook").objects.filter(uuid=CODEBOOK).delete()


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("annotator", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
