"""Plain functions that press and save in the preview as its page does, for tests."""

import html
import re

from django.urls import reverse

from annotator.domain.draft_blocks import blocks_read
from annotator.importers import SourceBlock
from annotator.models import Article, ArticleDraft

BLOCKS = (
    SourceBlock("list_item", "Home", group="header", kept=False),
    SourceBlock("heading", "Ferry <b>runs</b> hourly", is_title=True),
    SourceBlock("paragraph", "It left at six. It was full."),
)
HTMX = {"HTTP_HX_REQUEST": "true"}


def address(name, draft):
    return reverse(name, args=[draft.uuid])


def sent(draft, do="facts", **fields):
    """What the page sends with a press, as the draft stands; a field given as None is left out."""
    draft.refresh_from_db()
    kept = [str(block.id) for block in blocks_read(draft.content) if block.kept]
    given = {"do": do, "version": draft.version, "ticks": "1", "kept": kept, "title": draft.title}
    return {name: value for name, value in (given | {"author": draft.author} | fields).items() if value is not None}


def press(client, draft, do, *, headers=None, **fields):
    return client.post(address("draft-block", draft), sent(draft, do, **fields), **(headers or {}))


def save(client, draft, **fields):
    return client.post(address("draft-save", draft), sent(draft, **fields))


def texts(draft):
    draft.refresh_from_db()
    return [block.text for block in blocks_read(draft.content)]


def ticked(draft):
    draft.refresh_from_db()
    return [block.id for block in blocks_read(draft.content) if block.kept]


def body(response):
    return html.unescape(response.content.decode())


def without_tokens(response):
    return re.sub(r'csrfmiddlewaretoken" value="\w+|X-CSRFToken": "\w+', "", body(response))


def problem(response):
    [sentence] = re.findall(r'role="alert">.*?<p>(.*?)</p>', body(response), re.DOTALL)
    return sentence


def state():
    return list(ArticleDraft.objects.values()), list(Article.objects.values())
