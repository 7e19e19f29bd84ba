"""What log lines of other people's code must not say."""

import logging


class WithoutAddresses(logging.Filter):
    """Takes the address out of what a web server says about a request that failed: it may name a person's reading."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the line and the traceback, replace what was filled in."""
        if record.exc_info and isinstance(record.args, tuple):
            record.args = tuple("…" if isinstance(each, str) else each for each in record.args)
        return True
