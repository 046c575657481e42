"""`make bench`: one run, figures as ratios against a floor measured beside them.

    python -m benchmarks            everything
    python -m benchmarks pages      only that part (pages, queries, search, quiz, lists ...)

Machines are shared and noisy: a ratio within one run means something, a bare figure little.
Each row goes to the screen and to var/bench.md.
"""

import sys
from collections.abc import Callable, Iterable

from benchmarks import (
    analysis,
    credentials,
    directory,
    ground,
    issuing,
    lists,
    marks,
    pages,
    photos,
    places,
    plan,
    queries,
    quiz,
    register,
    search,
    staff_list,
    staff_list_apply,
    start,
    verify,
    wall,
    weight,
    withdrawal,
)

Row = tuple[str, str, str]
PARTS: dict[str, Callable[[], Iterable[Row]]] = {
    "pages": pages.run,
    "queries": queries.run,
    "search": search.run,
    "quiz": quiz.run,
    "lists": lists.run,
    "places": places.run,
    "plan": plan.run,
    "directory": directory.run,
    "wall": wall.run,
    "staff": staff_list.run,
    "staff-apply": staff_list_apply.run,
    "photos": photos.run,
    "weight": weight.run,
    "withdrawal": withdrawal.run,
    "marks": marks.run,
    "register": register.run,
    "analysis": analysis.run,
    "credentials": credentials.run,
    "issuing": issuing.run,
    "verify": verify.run,
    "start": start.run,
}


def main() -> int:
    chosen = sys.argv[1:] or list(PARTS)
    unknown = [name for name in chosen if name not in PARTS]
    if unknown:
        print(f"No part called {', '.join(unknown)}; there are: {', '.join(PARTS)}")
        return 2
    lines = ["| what | measured | goal |", "|---|---|---|"]
    print("\n".join(lines), flush=True)
    for name in chosen:
        for row in PARTS[name]():
            line = f"| {' | '.join(row)} |"
            lines.append(line)
            print(line, flush=True)
    ground.write_down(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
