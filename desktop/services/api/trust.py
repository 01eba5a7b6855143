"""Whom we believe over TLS: the operating system's certificates, and nobody by exception."""

import os
import ssl
from functools import cache

import truststore


@cache
def trusted_context() -> ssl.SSLContext:
    """The one context that all connections share: OS trust store, host names checked, TLS 1.2 up.

    ``SSL_CERT_FILE`` names further authorities on every system. Building it takes 30 to 130 ms.
    """
    return build_context(os.environ.get("SSL_CERT_FILE", ""))


def build_context(extra_authorities: str = "") -> ssl.SSLContext:
    """A context of its own; ``extra_authorities`` is the path of a PEM file, or empty."""
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if extra_authorities:
        context.load_verify_locations(cafile=extra_authorities)
    return context
