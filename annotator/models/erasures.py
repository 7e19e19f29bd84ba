"""What is kept of an erasure: that it happened, when, by whom and how much. Never whose it was."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotator.models.accounts import User


class Erasure(models.Model):
    """One removal that cannot be taken back. `counts` says how many rows of what; there is no name in it.

    Without `by` it was the clock: a class that had been in the archive for as long as its teacher keeps it.
    """

    class Kind(models.TextChoices):
        MEMBER_ANONYMISED = "member_anonymised", _("Reader made nameless")
        MEMBER_ERASED = "member_erased", _("Reader erased")
        CLASS_ANONYMISED = "class_anonymised", _("Class made nameless")
        CLASS_EMPTIED = "class_emptied", _("Readers of a class erased")
        CLASS_ERASED = "class_erased", _("Class erased")
        ARTICLE_WITHDRAWN = "article_withdrawn", _("Article withdrawn")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    counts = models.JSONField(default=dict)

    class Meta:
        """In the order in which it happened."""

        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
