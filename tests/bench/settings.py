"""The installation's own settings, with the benchmark's bare view beside the app's addresses."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
