"""The archive: tables, constraints and the questions asked of them."""

from annotator.models.accounts import Invitation, SignInLink, User
from annotator.models.agreement import AgreementPairs, AgreementRow
from annotator.models.articles import Article, ArticleDraft, Block
from annotator.models.classrooms import Classroom, Membership, ReaderCode
from annotator.models.codebooks import Codebook, CodebookVersion, Label
from annotator.models.decisions import Decision
from annotator.models.doors import Door, RosterEntry
from annotator.models.erasures import Erasure
from annotator.models.exercises import Distribution, Exercise, ExerciseArticle, Phase, Step
from annotator.models.lessons import Assignment, Participation, WarmUpVote
from annotator.models.limits import Attempt
from annotator.models.readings import Reading, ReadingState, Snapshot
from annotator.models.reasons import Reason
from annotator.models.rule_entries import RuleEntry
from annotator.models.spans import Span, SpanOperation

__all__ = [
    "AgreementPairs",
    "AgreementRow",
    "Article",
    "ArticleDraft",
    "Assignment",
    "Attempt",
    "Block",
    "Classroom",
    "Codebook",
    "CodebookVersion",
    "Decision",
    "Distribution",
    "Door",
    "Erasure",
    "Exercise",
    "ExerciseArticle",
    "Invitation",
    "Label",
    "Membership",
    "Participation",
    "Phase",
    "ReaderCode",
    "Reading",
    "ReadingState",
    "Reason",
    "RosterEntry",
    "RuleEntry",
    "SignInLink",
    "Snapshot",
    "Span",
    "SpanOperation",
    "Step",
    "User",
    "WarmUpVote",
]
