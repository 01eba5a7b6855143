"""Encodings: each of the files that address books write is read as it was meant."""

import pytest

from desktop.domain.errors import InvalidInputError
from desktop.services.interchange.texts import decode

RUSSIAN = "Имя;Фамилия;Город\nПётр;Вронский;Москва\nАнна;Щербакова;Санкт-Петербург\n"
GERMAN = "Vorname;Nachname;Ort\nJürgen;Müller;Köln\nÄnne;Groß;Düsseldorf\n"
FRENCH = "Prénom;Nom\nÉlodie;Lefèvre\nFrançois;Garçon\n"
ENGLISH = "First name,Last name\nAlex,Vronsky\n"
CZECH = "Jméno;Příjmení\nŘehoř;Černý\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN.upper(), "cp1251"),
        (RUSSIAN, "koi8-r"),
        ("Пётр\n", "cp1251"),
        (GERMAN, "utf-8"),
        (GERMAN, "utf-16"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "cp1252"),
        (GERMAN, "utf-32"),
        (FRENCH, "cp1252"),
        (FRENCH, "utf-8-sig"),
        (ENGLISH, "ascii"),
        (ENGLISH, "utf-16-be"),
        (CZECH, "utf-8"),
        (CZECH, "utf-16"),
    ],
)
def test_an_encoding_is_recognised(text: str, encoding: str) -> None:
    read, _ = decode(text.encode(encoding))

    assert read == text


@pytest.mark.parametrize("data", [b"", b"   \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_called_empty(data: bytes) -> None:
    with pytest.raises(InvalidInputError, match="empty"):
        decode(data)


def test_a_program_is_not_read_as_text() -> None:
    with pytest.raises(InvalidInputError, match="unreadable"):
        decode(b"\x7fELF\x02\x01\x01" + bytes(3) + b"abc\xff" * 10)


def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        decode(b"x" * 70_000)
