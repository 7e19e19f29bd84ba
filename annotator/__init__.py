"""Sourcewise's one app; README.md beside this file is its map."""
