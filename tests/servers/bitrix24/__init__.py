"""An emulated Bitrix24 portal, to be run as a process of its own.

Written from the reference of the vendor's REST interface and from no client, so that a client's
misunderstanding shows. Start it with ``python -m tests.servers.bitrix24 --state DIR``; tests use
``tests.servers.portal.Portal``.
"""
