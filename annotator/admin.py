"""Django's admin, for repair only."""
