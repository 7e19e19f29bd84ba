"""Sourcewise as an operator runs it: in processes of its own, over a data folder of its own."""
