"""Words in quotation marks that hold quotation marks themselves."""

# One for one, so that no character changes its place. ’ stays: far more often it is an apostrophe.
INNER = str.maketrans({"“": "‘", "”": "’", "„": "‚", "‟": "‛", '"': "'"})


def nested(words: str) -> str:
    """The words as they stand between “ and ”: marks of their own become single ones, and none stands twice."""
    return words.translate(INNER)
