"""All tool symbols in one file, for <use>: static/careers/tools.svg, generated and committed."""

from benchside.careers.drawing.files import Library, Symbol
from benchside.careers.drawing.ink import PAGE

HEAD = '<svg xmlns="http://www.w3.org/2000/svg">'
NOTE = "<!-- Made by manage.py build_drawings from careers/catalogue/tools: change those. -->"


def sprite(library: Library) -> str:
    lines = [HEAD, NOTE, *[_symbol(symbol) for symbol in library.symbols.values()], "</svg>", ""]
    return "\n".join(lines)


def _symbol(symbol: Symbol) -> str:
    drawn = PAGE.group(PAGE.draw(symbol.shapes))
    return f'<symbol id="t-{symbol.name}" viewBox="0 0 96 96">{drawn}</symbol>'
