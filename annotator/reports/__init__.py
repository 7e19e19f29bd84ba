"""The reading room: reads that combine tables or compute."""
