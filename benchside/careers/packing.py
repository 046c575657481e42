"""A catalogue folder as one file, so that it travels, and is imported, like any other file."""

import io
import zipfile
from collections.abc import Mapping

LARGEST = 8 * 1024 * 1024
MOST_FILES = 2_000
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: the same files give the same bytes


class NotPacked(ValueError):  # noqa: N818
    """These bytes are no zip of catalogue files."""


def pack(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as folder:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            folder.writestr(entry, files[name], compress_type=zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """The files by path; a zip of the folder itself is understood too. Nothing touches the disk.

    Raises NotPacked, also for one that would unpack to more than LARGEST.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as folder:
            entries = [one for one in folder.infolist() if one.filename.endswith(".toml")]
            if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > LARGEST:
                raise NotPacked("It holds more than a catalogue does.")
            files = {one.filename: folder.read(one) for one in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise NotPacked(str(error)) from error
    return _without_outer_folder(files)


def _without_outer_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    outer = {name.split("/", 1)[0] + "/" for name in files}
    if len(outer) != 1 or "roles/" in outer or not all("/" in name for name in files):
        return files
    return {name.split("/", 1)[1]: data for name, data in files.items()}
