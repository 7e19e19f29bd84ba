"""Quoted words: `“{{ quote|nested }}”` or `<q>{{ quote|nested }}</q>`, so that no mark stands twice."""

from django import template

from annotator.domain import quotations

register = template.Library()


@register.filter
def nested(words: str) -> str:
    """The words with single quotation marks for their own double ones."""
    return quotations.nested(words)
