"""A paragraph for the methods section of a paper: what was measured, on what, with what, as CODEBOOK.md asks."""

from collections.abc import Sequence

from django.utils import formats
from django.utils.translation import gettext, ngettext

from annotator.models import CodebookVersion, Label
from annotator.reports.agreement import Agreement, Figure
from annotator.reports.research_origin import Origin

Overlap, QuotedOpinion = CodebookVersion.Overlap, CodebookVersion.QuotedOpinion


def methods(agreement: Agreement, labels: Sequence[Label], pairs: int, origin: Origin) -> tuple[str, ...]:
    """The sentences, in order: material, unit, readings, measures, intervals, figures, the program."""
    return (
        material(agreement, origin),
        codebook(labels, origin),
        unit(),
        readings(origin),
        measures(pairs),
        intervals(agreement, origin),
        figures(agreement, labels),
        gettext(
            "Computed with Sourcewise %(version)s, agreement engine %(engine)s; the command “agreement” gives the same "
            "digits from spans.csv and readings.csv."
        )
        % {"version": origin.version, "engine": origin.engine},
    )


def material(agreement: Agreement, origin: Origin) -> str:
    """Who read what."""
    readers = ngettext("%(count)s reader", "%(count)s readers", agreement.readers) % {"count": agreement.readers}
    articles = ngettext("%(count)s article", "%(count)s articles", agreement.articles) % {"count": agreement.articles}
    return gettext(
        "%(readers)s annotated %(articles)s of %(characters)s characters in all, white space not counted."
    ) % {
        "readers": readers,
        "articles": articles,
        "characters": formats.number_format(origin.characters, force_grouping=True),
    }


def codebook(labels: Sequence[Label], origin: Origin) -> str:
    """The codebook with both settings, and what each label means."""
    version = origin.codebook
    settings = {
        Overlap.ALLOWED: gettext("highlights may overlap"),
        Overlap.DIFFERENT_LABELS: gettext("only highlights with different tags may overlap"),
        Overlap.NONE: gettext("highlights may not overlap"),
        QuotedOpinion.OFF: gettext("opinions inside quotations are not marked"),
        QuotedOpinion.MARK: gettext("opinions inside quotations are marked"),
    }
    meant = "; ".join(
        f"{each.slug}: {each.definition.rstrip('.')}" if each.definition else each.slug for each in labels
    )
    return gettext("Codebook %(id)s, version %(number)d; %(overlap)s, %(opinion)s. Labels: %(labels)s.") % {
        "id": version.codebook.slug,
        "number": version.number,
        "overlap": settings[Overlap(version.overlap)],
        "opinion": settings[QuotedOpinion(version.quoted_opinion)],
        "labels": meant,
    }


def unit() -> str:
    """What is compared."""
    return gettext(
        "Unit: the character (Unicode code point), each label one binary layer over the text; a highlight is a "
        "half-open interval, and white space has no weight."
    )


def readings(origin: Origin) -> str:
    """Training, round, and which readings counted."""
    out = origin.not_counted
    trained = (
        gettext("Readers practised on three marked sentences first.")
        if origin.has_practised
        else gettext("Training beside the codebook: none in this program.")
    )
    independent = (
        gettext("Round 1: nobody saw another’s work.")
        if origin.number == 1
        else gettext("Round %(number)d: informed, after readers had seen the first round.") % {"number": origin.number}
    )
    counted = gettext(
        "%(counted)d readings count, %(blank)d of them without a highlight: those handed in, and those collected at "
        "closing with at least one highlight. Not counted: %(readings)d unfinished or empty readings, %(late)d "
        "highlights past the cut-off, the teacher’s key. Rounds are never pooled."
    ) % {"counted": origin.readings, "blank": origin.blank, "readings": out.readings, "late": out.late}
    return f"{trained} {independent} {counted}"


def measures(pairs: int) -> str:
    """The formulas by their sources."""
    return gettext(
        "Measures: Krippendorff’s alpha (Krippendorff 2019, ch. 12), pooled over articles, for each label against its "
        "absence, for marked against unmarked text, and for label sets with the nominal, Jaccard and MASI distances "
        "(Passonneau 2006); exact F1 (Hripcsak & Rothschild 2005), overlap, IoU .5 and character F1 and Cohen’s kappa "
        "(1960), counts summed over shared articles and labels before dividing, then the unweighted mean over "
        "%(pairs)d pairs of readers."
    ) % {"pairs": pairs}


def intervals(agreement: Agreement, origin: Origin) -> str:
    """What is redrawn, how often, with which seed."""
    drawn = (
        gettext("the article’s sentences, so within this article only")
        if agreement.within_article
        else gettext("articles, readers fixed")
    )
    return gettext(
        "Intervals: 95%% percentile intervals from %(draws)d resamples of %(drawn)s (NumPy’s default_rng, "
        "seed %(seed)d)."
    ) % {"draws": origin.draws, "drawn": drawn, "seed": origin.seed}


def figures(agreement: Agreement, labels: Sequence[Label]) -> str:
    """Any label and each label with its interval, or why there is no number."""
    named = [(gettext("any label"), agreement.headline)]
    named += [(each.slug, agreement.per_label[each.slug]) for each in labels]
    return gettext("Alpha: %(figures)s.") % {"figures": "; ".join(f"{name} {shown(each)}" for name, each in named)}


def shown(figure: Figure) -> str:
    """A number with its interval, or its reason."""
    if figure.value is None:
        return gettext("undefined (%(reason)s)") % {"reason": gettext(figure.reason)}
    if figure.interval is None:
        return f"{figure.value:.3f}"
    return f"{figure.value:.3f} [{figure.interval.low:.3f}, {figure.interval.high:.3f}]"
