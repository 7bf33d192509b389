"""Commands that measure and that take pictures; they use what ``cli.py`` and ``app.py`` offer."""
