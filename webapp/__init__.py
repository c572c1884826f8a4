"""The answer in a browser: a Flask application over one index."""

from webapp.app import create_app

__all__ = ["create_app"]
