"""How are connections held, so that slow ones hold up nobody else?"""

from webapp.serving.worker import Worker

__all__ = ["Worker"]
