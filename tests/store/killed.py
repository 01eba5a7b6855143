"""Writes ops for ever and says after each commit that it is safe; somebody kills it.

``python -m tests.store.killed <folder> <key in hex>``
"""

import asyncio
import sys
from pathlib import Path

from desktop.store.files import StoreFiles
from tests.builders import make_account, make_contact, make_item, make_op


async def main(folder: Path, key: bytes) -> None:
    files = await StoreFiles.open(folder, key)
    await files.own.write(lambda tables: tables.accounts.put(make_account()))
    number = 0
    while True:
        number += 1
        uid, op_id = f"c{number}", f"op{number}"

        def both(tables, uid=uid, op_id=op_id):
            tables.items.put(make_item(uid, f"r{uid}"))
            tables.outbox.add(make_op(op_id, make_contact(uid, "Anna " * 200), uid=uid))

        await files.own.write(both)
        contact = make_contact(uid)
        await files.cache.write(lambda tables, c=contact: tables.contacts.upsert([c]))  # type: ignore[misc]
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2])))
