"""Writing a file whole or not at all."""

import os

from stigraph.errors import StoreError

__all__ = ["write_whole"]


def write_whole(path: "str | os.PathLike[str]", content: bytes) -> None:
    """Write a file in one step, so that no one sees half of it; a device or a pipe takes it as it comes.

    Raises:
        StoreError: the file cannot be written; what was there before is there still.
    """
    target = os.path.realpath(path)
    folder, name = os.path.split(target)
    special = os.path.exists(target) and not os.path.isfile(target)
    draft = target if special else os.path.join(folder, f".{name}.{os.getpid()}")
    try:
        with open(draft, "wb") as file:
            file.write(content)
        if not special:
            os.replace(draft, target)
    except OSError as error:
        if not special and os.path.exists(draft):
            os.unlink(draft)
        raise StoreError(f"{os.fspath(path)} cannot be written: {error.strerror}.") from error
