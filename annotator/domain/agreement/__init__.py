"""Inter-annotator agreement on free, overlapping spans, in plain numpy; one idea per module.

From the text upwards: `documents` (spans to units and merged spans), `runs` (who marked what where), `distances`
(how far two label sets are apart), `summary` (the additive figures of one document), `pool` (their sum),
and on the pool `alpha`, `unitizing`, `split`, `confusion`, `bootstrap`; `pairs`, `pair_rows` (their bytes),
`pair_pool` and `pair_figures` compare two readers at a time; `passages`, `apart` and `leave_one_out` look inside;
`figures` puts it all together for a file or a page.
Where a measure is undefined it raises `NotEnoughData` with one of the `reasons`: never 0, 1 or NaN.
"""

# Raised whenever any figure may come out with another digit; files of figures name it.
ENGINE = "1.0"
