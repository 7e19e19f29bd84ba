"""Who reads what: everybody gets something, articles are read equally often, and no deal is taken back."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.dealing import Rule, deal

seeds = st.text(max_size=8)
few = st.integers(1, 12)
many = st.integers(0, 40)


def read(deals):
    return Counter(article for _reader, article in deals)


def held(deals):
    return Counter(reader for reader, _article in deals)


def spread(counts, keys):
    values = [counts[key] for key in keys]
    return max(values) - min(values)


@given(seeds, few, many, few, st.booleans(), st.booleans())
def test_nobody_gets_an_article_twice_and_nobody_gets_nothing(seed, articles, readers, number, is_balanced, is_overlap):
    rule = Rule(seed, is_balanced, None if is_overlap else number, number if is_overlap else None)
    deals = deal(rule, articles=range(articles), readers=range(readers))
    assert len(set(deals)) == len(deals)
    assert set(held(deals)) == set(range(readers))
    assert set(read(deals)) <= set(range(articles))


@given(seeds, few, st.integers(1, 40), few)
def test_each_reader_gets_so_many_and_articles_are_read_equally_often(seed, articles, readers, each):
    deals = deal(Rule(seed, each=each), articles=range(articles), readers=range(readers))
    assert set(held(deals).values()) == {min(each, articles)}
    assert spread(read(deals), range(articles)) <= 1


@given(seeds, few, st.integers(1, 40), few)
def test_at_random_each_reader_gets_so_many(seed, articles, readers, each):
    deals = deal(Rule(seed, is_balanced=False, each=each), articles=range(articles), readers=range(readers))
    assert set(held(deals).values()) == {min(each, articles)}


@given(seeds, few, st.integers(1, 40), few, st.booleans())
def test_each_article_gets_exactly_so_many_readers_where_they_suffice(seed, articles, readers, overlap, is_balanced):
    rule = Rule(seed, is_balanced, None, overlap)
    deals = deal(rule, articles=range(articles), readers=range(readers))
    counts = read(deals)
    if readers <= articles * overlap:
        assert set(counts.values()) == {min(overlap, readers)}
    else:
        assert spread(counts, range(articles)) <= 1
    if is_balanced:
        assert spread(held(deals), range(readers)) <= 1


@given(seeds, few, st.lists(st.integers(1, 5), min_size=1, max_size=6), few, st.booleans(), st.booleans())
def test_who_joins_later_changes_no_deal_and_gets_something(seed, articles, joins, number, is_balanced, is_overlap):
    rule = Rule(seed, is_balanced, None if is_overlap else number, number if is_overlap else None)
    dealt, readers = [], 0
    for more in joins:
        readers += more
        new = deal(rule, articles=range(articles), readers=range(readers), dealt=dealt)
        assert {reader for reader, _article in new} == set(range(readers - more, readers))
        dealt += new
        assert deal(rule, articles=range(articles), readers=range(readers), dealt=dealt) == []
    assert len(set(dealt)) == len(dealt)
    if is_balanced and not is_overlap:
        assert spread(read(dealt), range(articles)) <= 1


@given(seeds, few, many, few)
def test_the_same_seed_deals_alike_in_whatever_order_readers_come(seed, articles, readers, overlap):
    rule = Rule(seed, each=None, overlap=overlap)
    there = deal(rule, articles=range(articles), readers=range(readers))
    back = deal(rule, articles=range(articles)[::-1], readers=range(readers)[::-1])
    assert sorted(there) == sorted(back)


def test_another_seed_deals_differently():
    deals = {tuple(sorted(deal(Rule(str(seed)), articles=range(4), readers=range(8)))) for seed in range(20)}
    assert len(deals) > 15


def test_a_late_reader_gets_what_fewest_read():
    dealt = [(1, 10), (2, 10), (3, 20), (4, 30), (5, 30)]
    assert deal(Rule("s"), articles=[10, 20, 30], readers=[9], dealt=dealt) == [(9, 20)]
    assert deal(Rule("s", each=None, overlap=1), articles=[10, 20, 30], readers=[9], dealt=dealt) == [(9, 20)]


def test_a_late_reader_fills_up_what_lacks_readers_to_a_fair_share():
    # Two readers hold all four articles, three are wanted for each: 12 places for three readers make four each.
    dealt = [(reader, article) for reader in (1, 2) for article in (10, 20, 30, 40)]
    rule = Rule("s", each=None, overlap=3)
    third = deal(rule, articles=[10, 20, 30, 40], readers=[3], dealt=dealt)
    assert sorted(third) == [(3, 10), (3, 20), (3, 30), (3, 40)]
    assert len(deal(rule, articles=[10, 20, 30, 40], readers=[4], dealt=[*dealt, *third])) == 1


@pytest.mark.parametrize("rule", [Rule("s"), Rule("s", each=None, overlap=2)])
def test_without_articles_or_readers_nothing_is_dealt(rule):
    assert deal(rule, articles=[], readers=[1, 2]) == []
    assert deal(rule, articles=[1, 2], readers=[]) == []
