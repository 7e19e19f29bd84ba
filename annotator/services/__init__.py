"""The workshop: every write, one function per action, atomic."""
