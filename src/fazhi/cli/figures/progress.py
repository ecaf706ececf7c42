"""How far the laying of a sample district is: a bar on a terminal, elsewhere a line a minute."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

EVERY = 60.0
Tell = Callable[[int, int], None]


@contextmanager
def shown(name: str) -> Iterator[Tell]:
    """Hears done and all for one report, and tells how fast it goes and how long it still takes."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines(name, lambda line: console.print(line, soft_wrap=True)).tell
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Speed(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(f"示例区（报告 {name}）", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


class _Speed(ProgressColumn):
    """Matters a second, as of late."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f} 件/秒" if task.speed else "")


@dataclass(slots=True)
class _Lines:
    """A line a minute from the first that is done, and none for what takes no minute."""

    name: str
    say: Callable[[str], None]
    begun: float = 0.0
    before: int = 0
    said: float = 0.0

    def tell(self, done: int, total: int) -> None:
        now = monotonic()
        if not self.begun:
            self.begun, self.before, self.said = now, done, now
        elif now - self.said >= EVERY:
            speed, self.said = (done - self.before) / (now - self.begun), now
            left = (total - done) / speed / 60
            self.say(
                f"报告 {self.name}：已登记 {done:,}/{total:,} 件，每秒 {speed:,.0f} 件，约需再等 {left:.0f} 分钟。"
            )
