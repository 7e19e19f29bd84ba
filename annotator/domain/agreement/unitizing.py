"""u-alpha for units that never overlap within a reader (Krippendorff, Mathet, Bouvry & Widlöcher 2016)."""

from annotator.domain.agreement import reasons
from annotator.domain.agreement.alpha import check
from annotator.domain.agreement.pool import Pool
from annotator.domain.errors import NotEnoughData


def u_alpha(pool: Pool) -> float:
    """u = 1 - (n - sum l_cc) / (n - sum e_cc), with e_cc = n (n_c² - q_c) / (n² - sum q); Qual Quant 50:2347.

    The values are blank and each label; a blank character is a unit of length 1, so q_0 = n_0, and q_k sums the
    squared lengths of the units of label k. As no units overlap, every label set is blank or one label, and the
    l_cv are alpha's o_cv. NotEnoughData where some reader's units overlap, or as for alpha.
    """
    check(pool)
    if pool.has_overlap:
        raise NotEnoughData(reasons.OVERLAP)
    n = pool.values
    alike = sum(int(total) ** 2 for total in pool.totals)
    if alike == n * n:
        raise NotEnoughData(reasons.NO_VARIATION)
    # Whole numbers of any size: n² and sum q are near each other where units are as long as the text.
    squares = int(pool.totals[0]) + sum(int(square) for square in pool.squares)
    differ = float(pool.mass[pool.rows != pool.columns].sum())
    return 1 - differ * ((n * n - squares) / (n * (n * n - alike)))
