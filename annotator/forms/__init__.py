"""The shape of what arrives."""
