"""The emulated portal for whole days."""

from tests.servers.fixtures import portal, portal_process

__all__ = ["portal", "portal_process"]
