"""Files of an activity: sent as name and Base64, answered as id and address."""

import base64
import binascii

from .values import Row, to_list, to_rows, to_text
from .world import World


def read_files(world: World, sent: object) -> list[Row]:
    """The files in ``[{"fileData": [name, base64]}]``; an element that is none is passed over."""
    kept = []
    for item in to_rows(sent):
        data = [to_text(part) for part in to_list(item.get("fileData"))]
        if len(data) != 2:
            continue
        try:
            size = len(base64.b64decode(data[1], validate=True))
        except (binascii.Error, ValueError):
            continue
        number = world.multifields.new_id()
        kept.append({"id": number, "name": data[0], "size": size, "data": data[1]})
    return kept


def shown_files(files: list[Row], activity_id: int) -> list[Row]:
    """``[{"id": …, "url": …}]``."""
    path = "/bitrix/tools/crm_show_file.php?auth=&ownerTypeId=6"
    return [
        {"id": file["id"], "url": f"{path}&ownerId={activity_id}&fileId={file['id']}"}
        for file in files
    ]
