"""Texts that may come in several languages, and where in the portal a part is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from desktop.services.api.bitrix24.activities.layout.fields import Fields
from desktop.services.api.bitrix24.activities.layout.refusals import LayoutFault, LayoutRefusedError


class Scope(Enum):
    """Where a part is shown; without one: everywhere."""

    WEB = "web"
    MOBILE = "mobile"


@dataclass(frozen=True, slots=True)
class Translated:
    """A text by language code; shown in the reader's, else in English, else in the first."""

    texts: tuple[tuple[str, str], ...]

    def shown(self, language: str = "en") -> str:
        """What somebody reads."""
        known = dict(self.texts)
        first = self.texts[0][1] if self.texts else ""
        return known.get(language, known.get("en", first))


Text = str | Translated


def read_text(fields: Fields, name: str) -> Text:
    """A text field; absent: empty. Refuses languages that the portal does not have."""
    raw = fields.raw(name)
    if not isinstance(raw, Mapping):
        return fields.string(name)
    texts: list[tuple[str, str]] = []
    for code, words in raw.items():
        at = f"{fields.at(name)}.{code}"
        if fields.languages is not None and code not in fields.languages:
            raise LayoutRefusedError(LayoutFault.LANGUAGE, at)
        if not isinstance(words, str):
            raise LayoutRefusedError(LayoutFault.VALUE, at)
        texts.append((str(code), words))
    if not texts:
        raise LayoutRefusedError(LayoutFault.VALUE, fields.at(name))
    return Translated(tuple(texts))


def told(text: Text) -> str | dict[str, str]:
    """A text for the wire."""
    return text if isinstance(text, str) else dict(text.texts)


def shown(text: Text, language: str = "en") -> str:
    """What somebody reads."""
    return text if isinstance(text, str) else text.shown(language)
