"""Django's admin, for repair only: an operator looks anywhere and mends little, past no rule of the services."""

from annotator.admin import articles, erasures, exercises, lessons, people

__all__ = ["articles", "erasures", "exercises", "lessons", "people"]
