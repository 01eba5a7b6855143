"""Files that belong to a meeting."""

from dataclasses import dataclass, field

MOST_BYTES = 3 * 1024 * 1024
"""So much all files of a meeting may have together: they wait in the outbox like everything."""

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file: on its way there with its ``content``, once it is there by ``remote_id`` alone."""

    name: str
    content: bytes = field(default=b"", repr=False)
    remote_id: str = ""


def fitting(files: tuple[Attachment, ...], one: Attachment) -> bool:
    """Whether there is room for one more."""
    return sum(len(file.content) for file in (*files, one)) <= MOST_BYTES
