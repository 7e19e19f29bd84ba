"""What every test stands on; settings for tests are in settings.py, people and articles in factories.py."""
