"""Words that lie sealed in the database, for the models of every room: a copy of it without the key tells nothing of them.

Fernet (AES-128-CBC with HMAC-SHA256). The key is the file `record-key` in the data folder; a backup of the database needs it.
"""

import base64
import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import models


class WrongKey(Exception):
    """The data folder holds another key than the words were sealed with. The message is for the person."""

    def __init__(self) -> None:
        super().__init__("这里的密钥（record-key）不是加密时用的那一个，请系统管理员恢复备份中的密钥文件。")


class Sealed:
    """Words that only `opened` gives away: pages, logs and lists of rows print how they are kept, and nothing of them."""

    __slots__ = ("token",)

    def __init__(self, token: str = "") -> None:
        self.token = token

    def opened(self) -> str:
        """The words; empty where there are none. Raises WrongKey."""
        if not self.token:
            return ""
        try:
            return _seal(settings.RECORD_KEY).decrypt(self.token.encode()).decode()
        except InvalidToken:
            raise WrongKey from None

    def __bool__(self) -> bool:
        return bool(self.token)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and self.token == other.token

    def __hash__(self) -> int:
        return hash(self.token)

    def __str__(self) -> str:
        return "（已加密）" if self.token else ""

    __repr__ = __str__


def seal(words: str) -> Sealed:
    """The words, sealed; the same words look different each time."""
    return Sealed(_seal(settings.RECORD_KEY).encrypt(words.encode()).decode() if words else "")


@lru_cache(maxsize=4)
def _seal(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))


if TYPE_CHECKING:
    Text = models.TextField[Sealed, Sealed]
else:
    Text = models.TextField


class SealedField(Text):
    """A column of `Sealed` words. It can be neither searched nor sorted by what it holds."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Sealed:
        """What the column holds."""
        return Sealed(value or "")

    def to_python(self, value: Any) -> Sealed:
        """Sealed words; a plain string is taken for what `seal` gave, as rows that were serialised hold it."""
        return value if isinstance(value, Sealed) else Sealed(value or "")

    def get_prep_value(self, value: Any) -> str:
        """The token. Plain words are no token, and are refused rather than kept in the clear."""
        if not isinstance(value, Sealed):
            if value:
                raise TypeError("only sealed words go into a sealed column")
            return ""
        return value.token

    def value_to_string(self, obj: models.Model) -> str:
        """The token."""
        return str(self.get_prep_value(self.value_from_object(obj)))
