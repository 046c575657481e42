"""What became of a plan's actions, in four figures. No Django in here.

* **completed**: of all actions of a plan, those that were completed (complete or embedded);
* **sustained**: of the completed, those that last: embedded, or taken into the next plan, and
  not stopped there;
* **adaptability**: of those that struggled and about which the next plan decided, those that were
  narrowed, extended or revised;
* **resilience**: of the same, those that were kept in any form rather than stopped.

An action struggled when its delivery stood at Amber or Red and it was not completed. Shares come
with their counts; a share of nothing is None.
"""

from collections.abc import Iterable
from dataclasses import dataclass

COMPLETED = frozenset({"complete", "embedded"})
STRUGGLING = frozenset({"amber", "red"})
ADAPTED = frozenset({"narrowed", "extended", "revised"})
STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Fate:
    """One action at the end of a plan: how it stood there, what the next plan said of it ("" for
    nothing yet), and how it stands in that plan."""

    state: str
    delivery: str = ""
    carried: str = ""
    next_state: str = ""

    @property
    def is_completed(self) -> bool:
        return self.state in COMPLETED

    @property
    def is_sustained(self) -> bool:
        if not self.is_completed:
            return False
        is_kept = bool(self.carried) and self.carried != STOPPED and self.next_state != STOPPED
        return self.state == "embedded" or is_kept

    @property
    def struggled(self) -> bool:
        return not self.is_completed and self.delivery in STRUGGLING


@dataclass(frozen=True, slots=True)
class Share:
    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        return 100 * self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Figures:
    completed: Share
    sustained: Share
    adaptability: Share
    resilience: Share


def figures_of(fates: Iterable[Fate]) -> Figures:
    found = list(fates)
    done = [one for one in found if one.is_completed]
    hard = [one for one in found if one.struggled and one.carried]
    return Figures(
        completed=Share(len(done), len(found)),
        sustained=Share(sum(one.is_sustained for one in done), len(done)),
        adaptability=Share(sum(one.carried in ADAPTED for one in hard), len(hard)),
        resilience=Share(sum(one.carried != STOPPED for one in hard), len(hard)),
    )
