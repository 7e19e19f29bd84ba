"""What is left of a text that its owner wants gone: its shape, so that every place in it still counts as it did."""

MASK, WIDE_MASK = "x", "\U0001d4cd"


def masked(text: str) -> str:
    """The text with every character but white space replaced, so that offsets of all three kinds stay what they are.

    Code points stay one each, what UTF-16 writes as two units still is, and white space stays itself: no other letter,
    mark or number is left. Masked again, it stays the same.
    """
    return "".join(each if each.isspace() else WIDE_MASK if ord(each) > 0xFFFF else MASK for each in text)
