"""How does an answer come into a browser?"""

from webapp.app import create_app

__all__ = ["create_app"]
