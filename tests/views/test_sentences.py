"""Tag by sentence, all of it without a script."""

import re
import uuid
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from annotator.models import Block, Exercise, Phase, Reading, Span, SpanOperation
from tests import factories

pytestmark = pytest.mark.django_db


class Forms(HTMLParser):
    """Every form with what it would send, controls with a form attribute included."""

    def __init__(self, html):
        super().__init__()
        self.forms, self.inside, self.select = {}, None, None
        self.loose = []
        self.feed(html)
        for owner, name, value in self.loose:
            if owner is None:  # the bar's choice of colours belongs to no form
                continue
            self.forms[owner]["fields"].setdefault(name, []).append(value)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form":
            self.inside = a.get("id") or f"anonymous-{len(self.forms)}"
            self.forms[self.inside] = {"action": a.get("action"), "fields": {}}
        elif tag == "select":
            self.select = a["name"]
        elif tag == "option" and "selected" in a:
            self.loose.append((self.inside, self.select, a["value"]))
        elif tag == "input" and "name" in a and (a.get("type") != "checkbox" or "checked" in a):
            self.loose.append((a.get("form") or self.inside, a["name"], a.get("value", "")))

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = None


@pytest.fixture
def reading():
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    article = factories.article(teacher)
    block = Block.objects.get(article=article, number=2)
    block.sentences = [block.start, article.text.index("Some 900")]
    block.save()
    return factories.reading(factories.exercise(room, [article]), factories.reader(room))


@pytest.fixture
def reader(client, reading):
    client.force_login(reading.member.user)
    return client


def address(reading):
    return reverse("reading-sentences", args=[reading.uuid])


def page(client, reading, query=""):
    response = client.get(address(reading) + query)
    assert response.status_code == 200
    return response.content.decode()


def sentence_form(client, reading, words):
    """The fields of the form of the sentence beginning with `words`."""
    return Forms(page(client, reading)).forms[f"f{reading.article.text.index(words)}"]["fields"]


def marked(reading):
    return [span.quote for span in reading.spans.current().in_reading_order()]


def test_every_sentence_stands_there_once_numbered_under_its_paragraph(reader, reading):
    html = page(reader, reading)
    texts = re.findall(r'<div class="sentence-text" dir="auto">(.*?)</div>', html)
    assert " ".join(texts) == " ".join(reading.article.text.split())
    assert re.findall(r"Sentence </span>(\d+)<", html) == ["1", "2", "3", "4", "5"]
    assert re.findall(r'<h2 class="paragraph-number">([^<]+)<', html) == [
        "Title", "Paragraph 1", "Paragraph 2", "Paragraph 3",
    ]  # fmt: skip


def test_ticking_two_tags_marks_the_whole_sentence_without_its_trailing_space(reader, reading):
    fields = sentence_form(reader, reading, "Some 900")
    response = reader.post(address(reading), fields | {"label": ["claim", "opinion"]})
    assert response.headers["Location"].endswith(f"#n{fields['start'][0]}")
    assert marked(reading) == ["Some 900 visitors came last year."] * 2


def test_saving_the_same_form_twice_changes_nothing_more(reader, reading):
    fields = sentence_form(reader, reading, "Some 900") | {"label": ["claim"]}
    for _ in range(3):
        assert reader.post(address(reading), fields).status_code == 302
    assert (Span.objects.count(), SpanOperation.objects.count()) == (1, 1)


def test_saving_an_untouched_form_changes_nothing(reader, reading):
    factories.span(reading, 28, 40)
    fields = sentence_form(reader, reading, "The Eastquay")
    assert reader.post(address(reading), fields).status_code == 302
    assert SpanOperation.objects.count() == 0


def test_unticking_deletes_only_that_tag_and_only_what_the_page_showed(reader, reading):
    factories.span(reading, 28, 40)
    factories.span(reading, 28, 40, "opinion")
    fields = sentence_form(reader, reading, "The Eastquay")
    later = factories.span(reading, 50, 60)
    reader.post(address(reading), fields | {"label": ["opinion"]})
    left = reading.spans.current().order_by("number")
    assert [(span.label.slug, span.number) for span in left] == [("opinion", 2), ("claim", later.number)]


def test_first_and_last_word_move_the_edges(reader, reading):
    text = reading.article.text
    factories.span(reading, 28, text.index(" Some 900"))
    forms = Forms(page(reader, reading, "?open=1")).forms.values()
    move = next(form for form in forms if form["fields"].get("do") == ["move"] and "start" in form["fields"])
    html = page(reader, reading, "?open=1")
    starts = re.findall(r'<option value="(\d+)"[^>]*>lantern<', html)
    ends = re.findall(r'<option value="(\d+)"[^>]*>hall<', html)
    reader.post(move["action"], move["fields"] | {"start": starts[0], "end": ends[1]})
    assert marked(reading) == ["lantern fair will be held in the market hall"]


def test_saving_the_words_as_they_are_keeps_quotation_marks_and_stops(reader, reading):
    text = reading.article.text
    factories.span(reading, 28, text.index(" Some 900"))
    forms = Forms(page(reader, reading, "?open=1")).forms.values()
    move = next(form for form in forms if form["fields"].get("do") == ["move"])
    assert (move["fields"]["start"], move["fields"]["end"]) == (["28"], [str(text.index(" Some 900"))])
    assert reader.post(move["action"], move["fields"]).status_code == 302
    assert SpanOperation.objects.count() == 0


def test_whole_sentence_widens_the_highlight(reader, reading):
    factories.span(reading, 32, 40)
    forms = list(Forms(page(reader, reading, "?open=1")).forms.values())
    whole = [form for form in forms if form["fields"].get("do") == ["move"]][1]
    reader.post(whole["action"], whole["fields"])
    assert marked(reading)[0].startswith("The Eastquay")
    assert marked(reading)[0].endswith("on Monday.")


def test_deleting_leads_back_with_an_undo_that_works(reader, reading):
    factories.span(reading, 32, 40)
    forms = list(Forms(page(reader, reading, "?open=1")).forms.values())
    delete = next(form for form in forms if form["fields"].get("do") == ["delete"])
    gone = reader.post(delete["action"], delete["fields"]).headers["Location"]
    assert gone.startswith(address(reading))
    forms = list(Forms(reader.get(gone).content.decode()).forms.values())
    undo = next(form for form in forms if form["fields"].get("do") == ["restore"])
    assert marked(reading) == []
    assert reader.post(undo["action"], undo["fields"]).headers["Location"].startswith(address(reading))
    assert len(marked(reading)) == 1


def step(html, way):
    """The form of Undo or of Redo."""
    forms = Forms(html).forms.values()
    return next(form["fields"] for form in forms if form["fields"].get("way") == [way])


def test_undo_takes_back_tag_after_tag_and_redo_brings_them_again(reader, reading):
    for label in ("claim", "opinion"):
        fields = sentence_form(reader, reading, "Some 900")
        shown = [item.split()[0] for item in fields.get("was", [])]
        reader.post(address(reading), fields | {"label": [*shown, label]})
    labels = []
    for way in ("undo", "undo", "redo", "redo", "undo"):
        assert reader.post(address(reading), step(page(reader, reading), way)).status_code == 302
        labels.append([span.label.slug for span in reading.spans.current().order_by("number")])
    assert labels == [["claim"], [], ["claim"], ["claim", "opinion"], ["claim"]]


def test_undo_takes_back_moved_words(reader, reading):
    factories.span(reading, 32, 40)
    forms = list(Forms(page(reader, reading, "?open=1")).forms.values())
    whole = [form for form in forms if form["fields"].get("do") == ["move"]][1]
    reader.post(whole["action"], whole["fields"])
    assert marked(reading)[0].startswith("The Eastquay")
    reader.post(address(reading), step(page(reader, reading), "undo"))
    assert [(span.start, span.end) for span in reading.spans.current()] == [(32, 40)]


def test_undo_pressed_twice_takes_back_one_step(reader, reading):
    for words in ("Some 900", "It was the best"):
        reader.post(address(reading), sentence_form(reader, reading, words) | {"label": ["claim"]})
    fields = step(page(reader, reading), "undo")
    for _ in range(3):
        assert reader.post(address(reading), fields).status_code == 302
    assert marked(reading) == ["Some 900 visitors came last year."]


def test_with_nothing_to_take_back_the_buttons_are_off_and_a_wrong_step_is_refused(reader, reading):
    html = page(reader, reading)
    for name in ("undo", "redo"):
        assert re.search(rf'id="{name}"[^>]* disabled', html)
    assert reader.post(address(reading), {"way": "undo", "step": "x"}).status_code == 422
    assert reader.post(address(reading), {"way": "back", "step": str(uuid.uuid4())}).status_code == 422
    assert reader.post(address(reading), {"way": "undo", "step": str(uuid.uuid4())}).status_code == 302
    assert SpanOperation.objects.count() == 0


def test_what_another_reader_did_cannot_be_taken_back_by_naming_it(reader, reading, client):
    reader.post(address(reading), sentence_form(reader, reading, "Some 900") | {"label": ["claim"]})
    fields = step(page(reader, reading), "undo")
    other = factories.reading(reading.exercise, factories.reader(reading.exercise.classroom))
    client.force_login(other.member.user)
    assert client.post(address(reading), fields).status_code == 404
    assert client.post(address(other), fields).status_code == 302
    assert len(marked(reading)) == 1


def test_a_handed_in_reading_takes_no_step_back(reader, reading):
    reader.post(address(reading), sentence_form(reader, reading, "Some 900") | {"label": ["claim"]})
    fields = step(page(reader, reading), "undo")
    Reading.objects.update(state="submitted", submitted_at=factories.NOON)
    assert reader.post(address(reading), fields).status_code == 422
    assert len(marked(reading)) == 1
    assert 'name="way"' not in page(reader, reading)


def test_other_words_of_the_same_sentence_get_the_same_tag_too(reader, reading):
    text = reading.article.text
    factories.span(reading, 28, text.index(" lantern fair will"))
    html = page(reader, reading, "?open=1")
    form = next(form for form in Forms(html).forms.values() if "at" in form["fields"])
    start, end = text.index("market hall"), text.index("market hall") + len("market hall")
    response = reader.post(form["action"], form["fields"] | {"start": str(start), "end": str(end)})
    assert response.headers["Location"].endswith("#n28")
    assert marked(reading) == ["The Eastquay", "market hall"]


def test_the_page_asks_the_same_few_questions_however_much_is_marked(reader, reading, django_assert_max_num_queries):
    for start in range(28, 90, 6):
        factories.span(reading, start, start + 4)
    with django_assert_max_num_queries(20) as few:
        page(reader, reading)
    for start in range(28, 90, 3):
        factories.span(reading, start, start + 2, "opinion")
    with django_assert_max_num_queries(len(few)):
        page(reader, reading)


def test_the_last_word_before_the_first_is_refused_with_a_sentence(reader, reading):
    factories.span(reading, 28, 60)
    body = {"do": "move", "operation": str(uuid.uuid4()), "start": "60", "end": "30", "then": "sentences"}
    response = reader.post(reverse("reading-span", args=[reading.uuid, 1]), body)
    assert response.status_code == 422
    assert "The last word stands before the first" in response.content.decode()


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"form": "x"}, 422), ({"form": ""}, 422), ({"start": "-1"}, 422), ({"start": "one"}, 422), ({"end": ""}, 422),
        ({"end": "999999"}, 409), ({"start": "60", "end": "28"}, 409), ({"label": ["lie"]}, 422),
        ({"was": ["claim x"]}, 422), ({"was": [f"claim {uuid.UUID(int=5)}"], "label": []}, 404),
        ({"end": "99999999999999999999999"}, 409),
    ],
    ids=str,
)  # fmt: skip
def test_a_wrong_form_shows_the_page_again_with_a_sentence(reader, reading, change, status):
    fields = sentence_form(reader, reading, "The Eastquay") | {"label": ["claim"]} | change
    response = reader.post(address(reading), fields)
    assert response.status_code == status
    assert 'role="alert"' in response.content.decode()
    assert (Span.objects.count(), SpanOperation.objects.count()) == (0, 0)


def test_one_wrong_tag_stores_none_of_the_others(reader, reading):
    fields = sentence_form(reader, reading, "Some 900")
    response = reader.post(address(reading), fields | {"label": ["claim", "gossip"]})
    assert response.status_code == 422
    assert "This exercise does not have that tag." in response.content.decode()
    reading.refresh_from_db()
    assert (Span.objects.count(), SpanOperation.objects.count(), reading.version) == (0, 0, 0)


def test_another_readers_highlight_cannot_be_deleted_by_naming_it(reader, reading):
    other = factories.reading(reading.exercise, factories.reader(reading.exercise.classroom))
    theirs = factories.span(other, 28, 40)
    fields = sentence_form(reader, reading, "The Eastquay") | {"was": [f"claim {theirs.uuid}"]}
    assert reader.post(address(reading), fields).status_code == 404
    assert Span.objects.current().get() == theirs


@pytest.mark.parametrize(("state", "phase"), [("submitted", Phase.OPEN), ("collected", Phase.ARCHIVED)])
def test_a_closed_reading_shows_its_marks_and_no_form_and_refuses_a_post(reader, reading, state, phase):
    factories.span(reading, 28, 40)
    fields = sentence_form(reader, reading, "Some 900") | {"label": ["claim"]}
    Reading.objects.update(state=state, submitted_at=factories.NOON)
    Exercise.objects.update(phase=phase)
    html = page(reader, reading, "?open=1")
    assert "<mark" in html
    assert address(reading) not in [form["action"] for form in Forms(html).forms.values()]
    assert reader.post(address(reading), fields).status_code == 422
    assert Span.objects.count() == 1


def test_what_a_script_says_is_open_stays_open_after_a_tick_an_undo_and_a_refusal(reader, reading):
    factories.span(reading, 28, 60)
    fields = sentence_form(reader, reading, "Some 900") | {"label": ["claim"], "open": "1"}
    assert "open=1" in reader.post(address(reading), fields).headers["Location"]
    assert (
        "open=1"
        in reader.post(address(reading), step(page(reader, reading), "undo") | {"open": "1"}).headers["Location"]
    )
    refused = reader.post(address(reading), fields | {"end": "999999"})
    assert refused.status_code == 409
    assert 'id="d1"' in refused.content.decode()
    body = {"do": "detail", "operation": str(uuid.uuid4()), "note": "Who?", "then": "sentences", "open": "1"}
    response = reader.post(reverse("reading-span", args=[reading.uuid, 1]), body)
    assert response.headers["Location"].endswith("open=1#h1")


def test_a_refusal_stays_on_its_page_of_the_list(reader, reading):
    text = "\n\n".join(f"This is sentence number {n}." for n in range(130))
    article = factories.article(reading.article.owner, text=text, title="Long")
    long = factories.reading(factories.exercise(reading.exercise.classroom, [article]), reading.member)
    start = text.index("This is sentence number 125.")
    fields = Forms(page(reader, long, "?page=2")).forms[f"f{start}"]["fields"] | {"label": ["gossip"]}
    refused = reader.post(address(long), fields)
    assert refused.status_code == 422
    assert f'id="n{start}"' in refused.content.decode()


def test_handing_in_is_one_form_away(reader, reading):
    html = page(reader, reading, "?hand-in=1")
    hand_in = Forms(html).forms["hand-in-form"]
    reader.post(hand_in["action"])
    reading.refresh_from_db()
    assert reading.state == "submitted"


def test_a_long_text_is_shared_out_over_pages_and_a_save_stays_on_its_page(reader, reading):
    text = "\n\n".join(f"This is sentence number {n}." for n in range(250))
    article = factories.article(reading.article.owner, text=text, title="Long")
    long = factories.reading(factories.exercise(reading.exercise.classroom, [article]), reading.member)
    pages = [page(reader, long, f"?page={n}") for n in (1, 2, 3)]
    assert [html.count('class="sentence"') for html in pages] == [120, 120, 10]
    assert page(reader, long, "?page=99").count('class="sentence"') == 10
    start = text.index("This is sentence number 130.")
    fields = Forms(pages[1]).forms[f"f{start}"]["fields"] | {"label": ["claim"]}
    assert reader.post(address(long), fields).headers["Location"] == f"{address(long)}?page=2#n{start}"
    assert marked(long) == ["This is sentence number 130."]
