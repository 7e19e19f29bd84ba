"""The archive: tables, constraints and the questions asked of them."""

from annotator.models.accounts import Invitation, SignInLink, User
from annotator.models.agreement import AgreementRow
from annotator.models.articles import Article, ArticleDraft, Block
from annotator.models.classrooms import Classroom, Membership, ReaderCode
from annotator.models.codebooks import Codebook, CodebookVersion, Label
from annotator.models.exercises import Exercise, ExerciseArticle, Phase
from annotator.models.limits import Attempt
from annotator.models.readings import Reading, ReadingState
from annotator.models.spans import Span, SpanOperation

__all__ = [
    "AgreementRow",
    "Article",
    "ArticleDraft",
    "Attempt",
    "Block",
    "Classroom",
    "Codebook",
    "CodebookVersion",
    "Exercise",
    "ExerciseArticle",
    "Invitation",
    "Label",
    "Membership",
    "Phase",
    "ReaderCode",
    "Reading",
    "ReadingState",
    "SignInLink",
    "Span",
    "SpanOperation",
    "User",
]
