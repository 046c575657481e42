"""A QR code as one path of an SVG, dark squares on a light ground."""

import segno

QUIET = 4  # modules of empty margin that a camera needs (ISO/IEC 18004)


def path(text: str) -> tuple[int, str]:
    """The side in modules, margin included, and the outline of all dark runs."""
    matrix = segno.make(text, error="m", micro=False).matrix
    side = len(matrix) + 2 * QUIET
    runs = [run for y, row in enumerate(matrix) for run in _runs(bytes(row), y + QUIET)]
    return side, "".join(runs)


def _runs(row: bytes, y: int) -> list[str]:
    """Neighbours in a row are drawn as one."""
    found, start = [], None
    for x, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            found.append(f"M{start + QUIET} {y}h{x - start}v1H{start + QUIET}z")
            start = None
    return found
