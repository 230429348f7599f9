"""The file of a backup: a tar of the database, the files beside it, and a manifest that proves each of them.

It may be encrypted with age, for a key whose other half lies elsewhere: whoever takes the web server reads no backup.
"""

import hashlib
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
ENCRYPTED = ".age"
_CHUNK = 1 << 20


class BackupFault(Exception):
    """Why there is no backup, or nothing can be restored from it, in a sentence."""


def pack(folder: Path, told: dict[str, Any], out: Path) -> None:
    """Put all files of a folder into an archive, with a manifest that has the SHA-256 of each and what is told."""
    files = {path.relative_to(folder).as_posix(): sha256(path) for path in sorted(_files(folder))}
    (folder / MANIFEST).write_text(json.dumps({**told, "files": files}, indent=2))
    with tarfile.open(out, "w") as archive:
        archive.add(folder / MANIFEST, MANIFEST)
        for name in files:
            archive.add(folder / name, name)


def unpack(archive: Path, folder: Path, identity: Path | None = None) -> dict[str, Any]:
    """Take an archive apart into a folder, and give what its manifest tells; each file is as it says."""
    plain = archive
    if archive.suffix == ENCRYPTED:
        plain = folder / "archive.tar"
        decrypt(archive, plain, identity)
    try:
        with tarfile.open(plain) as opened:
            opened.extractall(folder, filter="data")
        told: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except (tarfile.TarError, OSError, ValueError, KeyError) as error:
        raise BackupFault(f"{archive.name} is no backup, or not a whole one: {error}.") from error
    for name, digest in told["files"].items():
        if not (folder / name).is_file() or sha256(folder / name) != digest:
            raise BackupFault(f"{archive.name}: {name} is not as the manifest tells.")
    return told


def encrypt(plain: Path, out: Path, recipient: str) -> None:
    """Write a file anew, encrypted for who has the other half of a key of age."""
    age = _age()
    try:
        age.encrypt_file(str(plain), str(out), [age.x25519.Recipient.from_str(recipient)])
    except (age.RecipientError, ValueError) as error:
        raise BackupFault(f"{recipient} is no recipient of age: it begins with age1.") from error


def decrypt(archive: Path, out: Path, identity: Path | None) -> None:
    """Read an encrypted file with the key that is in another."""
    if identity is None:
        raise BackupFault(f"{archive.name} is encrypted: name the file of its key with --identity.")
    age = _age()
    rows = identity.read_text().splitlines()
    try:
        keys = [age.x25519.Identity.from_str(row.strip()) for row in rows if row.startswith("AGE-SECRET-KEY-")]
        age.decrypt_file(str(archive), str(out), keys)
    except (age.IdentityError, age.DecryptError) as error:
        raise BackupFault(f"{archive.name} does not open with {identity}.") from error


def _age() -> Any:
    try:
        import pyrage
    except ImportError as error:
        raise BackupFault("Encrypted backups need the package pyrage: install it with pip.") from error
    return pyrage


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
