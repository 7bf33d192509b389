"""The two keys of the vault: one encrypts and may be rotated, one hashes and may not.

A key file is JSON with mode 0600: ``encrypt`` holds 256-bit keys, newest first (older ones only decrypt), and
``hash`` the key of the pseudonyms; changing the latter would cut every household from its own past.
"""

import base64
import hmac
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12
_KEY_BYTES = 32
# Demo data hold invented people only; the key is public on purpose and may never open anything else.
_DEMO_SECRET = b"du lieu mo phong - demo key only"


class KeyFileError(Exception):
    """The key file is missing or cannot be used; the message says what to do, in Vietnamese."""


@dataclass(frozen=True)
class Keys:
    """Encrypting keys (newest first) and the hashing key, 32 bytes each."""

    encrypting: tuple[bytes, ...]
    hashing: bytes
    is_demo: bool = False

    def encrypt(self, clear: bytes) -> bytes:
        """AES-256-GCM with a fresh nonce under the newest key; the nonce comes first in the answer."""
        return self.encrypt_each([clear])[0]

    def encrypt_each(self, clear: Sequence[bytes]) -> list[bytes]:
        """Each sealed as by :meth:`encrypt`, under a nonce of its own."""
        seal = _cipher(self.encrypting[0]).encrypt
        fresh = os.urandom(_NONCE_BYTES * len(clear))
        nonces = [fresh[at : at + _NONCE_BYTES] for at in range(0, len(fresh), _NONCE_BYTES)]
        return [nonce + seal(nonce, each, None) for nonce, each in zip(nonces, clear, strict=True)]

    def decrypt(self, sealed: bytes) -> bytes:
        """The clear bytes.

        Raises:
            KeyFileError: no key of the file opens it.
        """
        nonce, body = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        for key in self.encrypting:
            try:
                return _cipher(key).decrypt(nonce, body, None)
            except InvalidTag:
                continue
        raise KeyFileError("Tệp khóa không mở được dữ liệu này: hãy dùng đúng tệp khóa đã sao lưu.")

    def pseudonym(self, *parts: str) -> str:
        """A stable name for ``parts`` that cannot be turned back without the key (HMAC-SHA-256, 96 bits)."""
        mac = _keyed(self.hashing).copy()
        mac.update("\x1f".join(parts).encode())
        return mac.hexdigest()[:24]


@cache
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


@cache
def _keyed(key: bytes) -> hmac.HMAC:
    """HMAC-SHA-256 that has taken in the key: half a million pseudonyms of a build begin with a copy of it."""
    return hmac.new(key, digestmod="sha256")


def demo_keys() -> Keys:
    """The public keys of the simulated province."""
    return Keys(encrypting=(_DEMO_SECRET,), hashing=_DEMO_SECRET[::-1], is_demo=True)


def passing_keys() -> Keys:
    """Keys that nobody keeps: for what is looked at once and thrown away."""
    return Keys((secrets.token_bytes(_KEY_BYTES),), secrets.token_bytes(_KEY_BYTES))


def create_key_file(path: Path) -> None:
    """Write fresh random keys, readable by the owner only; never overwrites."""
    body = {
        "encrypt": [base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()],
        "hash": base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode(),
    }
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(body, file, indent=1)


def load_keys(path: Path | None) -> Keys:
    """The keys of ``path``.

    Raises:
        KeyFileError: no path, no such file, or not a key file.
    """
    if path is None or not path.is_file():
        raise KeyFileError(
            "Chưa có tệp khóa cho dữ liệu thật. Chạy `python cli.py init` để tạo, đặt biến POVERTY_KEY_FILE "
            "trỏ đến tệp đó và cất một bản sao ở nơi an toàn."
        )
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        encrypting = tuple(base64.b64decode(key, validate=True) for key in body["encrypt"])
        hashing = base64.b64decode(body["hash"], validate=True)
    except (ValueError, KeyError, TypeError) as error:
        raise KeyFileError(
            f"Tệp khóa {path} không đúng định dạng: hãy lấy lại bản sao lưu."
        ) from error
    if not encrypting or any(len(key) != _KEY_BYTES for key in (*encrypting, hashing)):
        raise KeyFileError(f"Tệp khóa {path} không đúng độ dài khóa: hãy lấy lại bản sao lưu.")
    return Keys(encrypting, hashing)
