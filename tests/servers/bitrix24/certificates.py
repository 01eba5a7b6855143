"""The portal's certificate and the authority that signed it, kept for the next start."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import trustme

Quality = Literal["good", "expired", "wrong-host", "untrusted"]

CA_FILE = "ca.pem"
SERVER_FILE = "server.pem"
_HOSTS = ("localhost", "127.0.0.1", "::1", "portal.example", "*.bitrix24.example")


def provide(folder: Path, quality: Quality = "good") -> tuple[Path, Path]:
    """The authority's and the server's file; made on the first call.

    ``untrusted``: the server's certificate comes from another authority than the file's.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ca_file, server_file = folder / CA_FILE, folder / SERVER_FILE
    if not (ca_file.exists() and server_file.exists()):
        authority = trustme.CA(organization_name="Emulated portal")
        signer = trustme.CA() if quality == "untrusted" else authority
        hosts = ("elsewhere.example",) if quality == "wrong-host" else _HOSTS
        end = datetime.now(UTC) - timedelta(days=1) if quality == "expired" else None
        issued = signer.issue_cert(*hosts, not_after=end)
        issued.private_key_and_cert_chain_pem.write_to_path(str(server_file))
        authority.cert_pem.write_to_path(str(ca_file))
    return ca_file, server_file
