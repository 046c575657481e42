#!/usr/bin/env python3
"""Draw the sample of a CPD audit again, with nothing but Python: is it the one that was published?

    python audit_sample.py population.tsv SEED PERCENT [each]

Prints the SHA-256 of the population, then the numbers of the sample. `each` asks for at least one
of every stratum. How it is drawn stands in docs/guides/cpd-audit.md. This file shares no code with
the program on purpose.
"""

import hashlib
import hmac
import sys
from pathlib import Path


def sample(population: bytes, seed: str, percent: str, each: bool) -> list[str]:
    rows = [line.split("\t") for line in population.decode("utf-8").split("\n") if line]
    chosen = [number for number, _, certain in rows if certain == "1"]
    strata: dict[str, list[str]] = {}
    for number, stratum, certain in rows:
        if certain == "0":
            strata.setdefault(stratum, []).append(number)
    people = sum(map(len, strata.values()))
    # Hundredths of a percent, so that whole numbers do for all of it.
    whole, _, part = percent.partition(".")
    hundredths = int(whole) * 100 + int((part + "00")[:2])
    places = -(-hundredths * people // 10_000)
    given, owed = {}, []
    for stratum, numbers in strata.items():
        share, rest = divmod(places * len(numbers), people)
        if each and share == 0:
            # It has more than its share by what is missing to one.
            given[stratum] = 1
            owed.append((people - rest, stratum.encode("utf-8"), stratum))
        else:
            given[stratum] = share
            owed.append((-rest, stratum.encode("utf-8"), stratum))
    left = max(0, places - sum(given.values()))
    for _, _, stratum in sorted(owed)[:left]:
        given[stratum] += 1
    for stratum, numbers in strata.items():
        ranked = [
            (
                hmac.new(seed.encode("utf-8"), number.encode("utf-8"), hashlib.sha256).digest(),
                number,
            )
            for number in numbers
        ]
        chosen += [number for _, number in sorted(ranked)[: given[stratum]]]
    return sorted(chosen)


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    content = Path(sys.argv[1]).read_bytes()
    drawn = sample(content, sys.argv[2], sys.argv[3], sys.argv[4:] == ["each"])
    lines = [f"# SHA-256 of the population: {hashlib.sha256(content).hexdigest()}", *drawn]
    sys.stdout.write("\n".join(lines) + "\n")
