"""The texts a pack was made from, by their digests: whoever has the files can check them with ``sha256sum``."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

import msgspec


class PackText(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A file of a pack: ``vn/commune@2021-2025.yaml`` of the bundle ``vn``, with the SHA-256 of its bytes.

    ``release`` is the distribution the bundle came with and its version. A folder (``vn/measures/``) has the digest of
    the lines ``sha256sum`` prints for its files, by name. A pack that was built by a program has no file; the name is
    then its reference, and the digest that of ``model_dump_json()``.
    """

    file: str
    digest: str
    release: str = ""


def digest_of(raw: bytes) -> str:
    """The SHA-256 of a text, in hexadecimal.

    >>> digest_of(b"")[:12]
    'e3b0c44298fc'
    """
    return sha256(raw).hexdigest()


def folder_text(name: str, files: Iterable[tuple[str, str]], release: str = "") -> PackText:
    """A folder as one text, from the names and digests of its files."""
    lines = "".join(f"{digest}  {file}\n" for file, digest in sorted(files))
    return PackText(name, digest_of(lines.encode()), release)
