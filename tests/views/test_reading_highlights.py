"""A page of very many highlights: most blocks bare, and all highlights in columns from an address of their own."""

import json
import re
import uuid
from itertools import accumulate

import pytest
from django.urls import reverse

from annotator.models import Block, Span
from tests import factories

pytestmark = pytest.mark.django_db

# One highlight in each paragraph; the first block is a heading.
COUNT = 410
TEXT = "\n\n".join(["The quay", *(f"Paragraph {n} is & stays. Fine." for n in range(1, COUNT + 1))])


@pytest.fixture
def reading():
    teacher = factories.teacher()
    work = factories.exercise(factories.classroom(teacher), [factories.article(teacher, text=TEXT, title="Long")])
    made = factories.reading(work, factories.reader(work.classroom))
    claim = work.codebook_version.labels.get(slug="claim")
    starts = [TEXT.index(f"Paragraph {n} ") for n in range(1, COUNT + 1)]
    Span.objects.bulk_create(
        Span(uuid=uuid.uuid4(), reading=made, number=n, label=claim, start=start, end=start + 9, quote="Paragraph",
             note="a note" if n == 400 else "")
        for n, start in enumerate(starts, 1)
    )  # fmt: skip
    made.last_number = COUNT
    made.save()
    return made


def page(client, reading, query=""):
    client.force_login(reading.member.user)
    return client.get(reverse("reading", args=[reading.uuid]) + query).content.decode()


def columns(client, reading):
    client.force_login(reading.member.user)
    return client.get(reverse("reading-highlights", args=[reading.uuid]))


def test_blocks_whose_cards_are_not_shown_are_text_alone(client, reading):
    html = page(client, reading)
    assert f'data-highlights-url="/readings/{reading.uuid}/highlights/"' in html
    assert "data-far=" not in html
    assert html.count('<p class="block paragraph" dir="auto">') == COUNT - 100
    assert '<p class="block paragraph" dir="auto">Paragraph 101 is &amp; stays. Fine.</p>' in html
    assert re.search(r'<p id="b101" class="block paragraph" data-start="\d+".*Paragraph</mark> 100 is &amp;', html)
    assert html.count("<mark") == 100
    assert '<h2 class="block heading" dir="auto">The quay</h2>' in html


def test_a_block_with_one_shown_highlight_is_whole_with_all_of_them(client, reading):
    end = TEXT.index("Paragraph 100 ") + 9
    factories.span(reading, end, end + 4, "opinion")
    html = page(client, reading)
    assert 'data-number="411"' not in html
    assert html.count("<mark") == 101
    assert re.search(
        r'<p id="b101" .*data-h="100" aria-details="h100">Paragraph</mark><mark [^>]*data-h="411"> 100<', html
    )


def test_a_bare_block_says_only_what_nobody_expects_of_it(client, reading):
    last = Block.objects.order_by("-number").first()
    last.sentences = [last.start, last.start + 28]
    last.save()
    # Of the last block but one the end is cut off, so that more than two line breaks stand behind it.
    before = Block.objects.get(number=last.number - 1)
    before.end -= 1
    before.save()
    assert f'<p class="block paragraph" data-start="{last.start}" data-s="0 28" dir="auto">' in page(client, reading)


@pytest.mark.parametrize("query", ["?whole=1", "?cards=2", "?open=300", "?deleted=1", "?beside=1"])
def test_whoever_asks_for_something_gets_all_in_one_piece(client, reading, query):
    html = page(client, reading, query)
    assert html.count("<mark") == COUNT
    assert html.count("data-far=") == 2
    assert "data-highlights-url" not in html
    assert "<noscript><meta" not in html


def test_a_browser_without_scripts_is_led_to_the_whole_page(client, reading):
    head = page(client, reading).split("</head>")[0]
    assert '<noscript><meta http-equiv="refresh" content="0; url=?whole=1"></noscript>' in head


def test_a_plain_form_leads_back_to_the_whole_page(client, reading):
    client.force_login(reading.member.user)
    fields = {"do": "relabel", "label": "opinion", "operation": uuid.uuid4()}
    answer = client.post(reverse("reading-span", args=[reading.uuid, 300]), fields)
    assert answer.headers["Location"] == f"/readings/{reading.uuid}/?whole=1#h300"


def test_the_columns_hold_every_highlight_as_it_is_now(client, reading):
    Span.objects.filter(number=7).update(deleted_at=factories.NOON)
    factories.span(reading, 0, 8, "opinion")
    found = columns(client, reading)
    assert found.headers["Content-Type"] == "application/json"
    told = found.json()
    numbers, starts = list(accumulate(told["numbers"])), list(accumulate(told["starts"]))
    rows = Span.objects.current().in_reading_order().values_list("number", "start", "end", "label__slug")
    labels = [told["slugs"][place] for place in told["labels"]]
    ends = [start + length for start, length in zip(starts, told["lengths"], strict=True)]
    assert list(zip(numbers, starts, ends, labels, strict=True)) == list(rows)
    assert [each["note"] for each in told["more"].values()] == ["a note"]
    key = re.search(r'data-member-key="(\w+)"', page(client, reading)).group(1)
    assert told["member_key"] == key


def test_columns_and_page_are_compressed_and_kept_by_no_cache(client, reading):
    client.force_login(reading.member.user)
    answer = client.get(reverse("reading-highlights", args=[reading.uuid]), headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "no-store" in answer.headers["Cache-Control"]


def test_both_ask_few_queries(client, reading, django_assert_max_num_queries):
    page(client, reading)
    with django_assert_max_num_queries(11):
        page_now = client.get(reverse("reading", args=[reading.uuid]))
    with django_assert_max_num_queries(6):
        columns_now = client.get(reverse("reading-highlights", args=[reading.uuid]))
    assert (page_now.status_code, columns_now.status_code) == (200, 200)


def test_whoever_is_signed_out_is_sent_to_sign_in_and_a_stranger_finds_nothing(client, reading):
    address = reverse("reading-highlights", args=[reading.uuid])
    assert client.get(address).status_code == 302
    client.force_login(factories.reader(reading.exercise.classroom).user)
    assert client.get(address).status_code == 404
    assert json.dumps(str(Span.objects.first().uuid)) not in client.get(address).content.decode()
