"""Counted attempts, for limits on guessing and on heavy work."""

from django.db import models
from django.utils import timezone


class Attempt(models.Model):
    """One counted attempt: `scope` says of what, `who` is a keyed hash that names nobody. Gone after a day."""

    scope = models.CharField(max_length=30)
    who = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Read by scope, person and time."""

        indexes = [models.Index(fields=["scope", "who", "at"], name="attempt_recent")]

    def __str__(self) -> str:
        return self.scope
