"""The cellar: what is true of texts, spans and readings, without Django, files or a clock."""
