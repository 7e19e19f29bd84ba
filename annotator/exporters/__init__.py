"""The press: rows in, bytes out. It knows neither Django nor any model."""
