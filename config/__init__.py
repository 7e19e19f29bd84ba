"""What the installation decides: settings, addresses, and the doors for web servers."""
