"""The counter: one module per screen, each view a thin function."""
