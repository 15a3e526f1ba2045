"""Put the pictures that the browser tests kept on contact sheets: python -m ops.pictures FOLDER

Several pages to a sheet, each cut off where it gets long: to look over all pages at once. The pictures themselves are
whole.
"""

import sys
from pathlib import Path

from PIL import Image  # comes with the maker of the papers

_WIDTHS = {390: (6, 320, 820), 1280: (3, 640, 820)}  # width of the screen: pictures in a row, and the size of one
_ROWS = 2


def sheets(folder: Path) -> list[Path]:
    """Write the sheets of every width beside the pictures; return their paths."""
    written = []
    for width, (columns, across, down) in _WIDTHS.items():
        pictures = sorted(folder.glob(f"*-{width}.png"))
        for number, start in enumerate(range(0, len(pictures), columns * _ROWS), 1):
            sheet = Image.new("RGB", (columns * across, _ROWS * down), "white")
            for place, path in enumerate(pictures[start : start + columns * _ROWS]):
                sheet.paste(_small(path, across, down), (place % columns * across, place // columns * down))
            written.append(folder / f"sheet-{width}-{number:02}.png")
            sheet.save(written[-1])
    return written


def _small(path: Path, across: int, down: int) -> Image.Image:
    with Image.open(path) as picture:
        height = round(picture.height * across / picture.width)
        return picture.convert("RGB").resize((across, height)).crop((0, 0, across - 8, min(height, down - 8)))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Use: python -m ops.pictures FOLDER")
    for one in sheets(Path(sys.argv[1])):
        print(one)
