"""What files call exercises, documents and readers, and which readings of an exercise are asked for."""

from django.db.models import QuerySet

from annotator.exporters.readings_csv import Document
from annotator.models import Article, Exercise, Membership, Reading

KEY = "key"


def public_id(named: Exercise | Article) -> str:
    """What files call an exercise or a document."""
    return str(named.uuid)


def document(article: Article) -> Document:
    """What rows say about their document."""
    return Document(
        uuid=public_id(article),
        title=article.title,
        text_sha256=article.text_sha256,
        length=article.length,
        length_nonspace=article.length_nonspace,
    )


def annotator(reading: Reading) -> str:
    """The name a reading goes by in files."""
    return KEY if reading.is_key else reading.member.code


def readings_of(exercise: Exercise, member: Membership | None) -> QuerySet[Reading]:
    """The exercise's readings with its key, or the member's alone, without a key that the member may have begun."""
    found = Reading.objects.filter(exercise=exercise)
    return found if member is None else found.filter(member=member, is_key=False)
