"""Who may reach what, and what no answer may ever hold."""
