"""Text for XML: without the signs that no XML may hold, not even written as entities.

A form lets a typed control sign pass, and one of them in one caption would break a whole feed.
"""

import re

# All that is no Char of XML 1.0, fifth edition, 2.2.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    return FORBIDDEN.sub("", text)
