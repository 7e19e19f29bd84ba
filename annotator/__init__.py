"""Sourcewise's one app; README.md beside this file is its map."""

# Also in pyproject.toml; what pages and files of figures name as their origin.
VERSION = "0.1.0"
