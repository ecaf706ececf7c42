"""kill -9 of the importer and of its database at random moments: run again, and every row is as if nothing had been."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
import pytest

from fazhi.cluster import join

ROWS = 300
SEED = int(os.environ.get("FAZHI_SEED", "0")) or random.SystemRandom().randrange(10**6)
FAZHI = (sys.executable, "-c", "from fazhi.site.main import main; main()")


Kill = Callable[["House", subprocess.Popen[bytes]], None]


@dataclass(frozen=True)
class House:
    """A home of its own, with one unit, copied for each accident."""

    home: Path
    table: Path

    def run(self, *words: str, code: int | None = 0) -> str:
        done = subprocess.run(words, env=self.environment, capture_output=True, text=True, check=False)
        assert code is None or done.returncode == code, done.stderr
        return done.stdout

    def begin(self) -> subprocess.Popen[bytes]:
        """The import as a process that can be killed."""
        return subprocess.Popen(self.words, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    @property
    def words(self) -> tuple[str, ...]:
        where = ("--findings", str(self.home / "findings.csv"))
        return (*FAZHI, "import", "appeals", str(self.table), "--name", "killed", *where, "--json")

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: text for name, text in os.environ.items() if not name.startswith(("DATABASE_", "FAZHI_"))}
        return kept | {"FAZHI_HOME": str(self.home), "DJANGO_SETTINGS_MODULE": "fazhi.site.settings"}

    def wait_for(self, rows: int, process: subprocess.Popen[bytes]) -> None:
        """Until so many rows are in, or the import has ended."""
        while process.poll() is None:
            addresses = join(self.home / "cluster")
            try:
                with psycopg.connect(addresses.superuser if addresses else "", connect_timeout=5) as connection:
                    while process.poll() is None:
                        found = connection.execute("select count(*) from ledger_matter").fetchone()
                        connection.rollback()
                        if found and found[0] >= rows:
                            return
                        time.sleep(0.002)
            except psycopg.Error:
                time.sleep(0.02)

    def picture(self) -> list[str]:
        return self.run(sys.executable, str(Path(__file__).with_name("picture.py"))).splitlines()

    def verified(self) -> bool:
        self.run(*FAZHI, "record", "seal")
        return bool(json.loads(self.run(*FAZHI, "record", "verify", "--json"))["ok"])


@dataclass(frozen=True)
class Undisturbed:
    """What a run without accidents looks like, and how long it takes until its first row goes in."""

    empty: House
    picture: list[str]
    begun: float


@pytest.fixture(scope="module")
def undisturbed() -> Iterator[Undisturbed]:
    folder = Path(tempfile.mkdtemp(prefix="fazhi-killed-"))
    folder.chmod(0o711)  # the account that the server runs as passes through
    table = folder / "信件.csv"
    lines = [_line(number) for number in range(ROWS)]
    table.write_text(
        "编号,姓名,电话,来信时间,标题,来信内容,答复时间,答复内容,答复单位\n" + "\n".join(lines), encoding="utf-8"
    )
    empty = House(folder / "empty", table)
    empty.home.mkdir(mode=0o711)
    empty.run(*FAZHI, "unit", "add", "某区信访局", "--since", "2020-01-01", "--code", "某")
    calm = _copy(empty, folder / "calm")
    begun = time.monotonic()
    told = json.loads(calm.run(*calm.words))
    took = time.monotonic() - begun
    assert (told["entered"], told["refused"]) == (ROWS - ROWS // 20, ROWS // 20)
    assert calm.verified()
    yield Undisturbed(empty, calm.picture(), took - told["seconds"])
    shutil.rmtree(folder)


def _line(number: int) -> str:
    """A message of nobody, its reply on some rows, and one row in twenty that is wrong."""
    day = 1 + number % 27
    replied = f"2024-0{4 + number % 5}-{day:02d} 15:30" if number % 3 else ""
    if number % 20 == 7:
        replied = "2023-01-01"
    reply = "已经处理完毕" if replied else ""
    own = str(number) if number % 4 else ""
    agency = "某区信访局" if number % 2 else "某某办"
    message = f"2024-03-{day:02d} 0{number % 10}:15,第{number}件,第{number}盏路灯不亮"
    return f"{own},王{number},1390000{number:04d},{message},{replied},{reply},{agency}"


def _copy(house: House, home: Path) -> House:
    shutil.copytree(house.home, home, symlinks=True, copy_function=shutil.copy2)
    for source in (house.home, *house.home.rglob("*")):
        status = source.lstat()
        os.chown(home / source.relative_to(house.home), status.st_uid, status.st_gid, follow_symlinks=False)
    return House(home, house.table)


def kill_importer(house: House, process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def kill_database(house: House, process: subprocess.Popen[bytes]) -> None:
    """Every process of the server that stands below this home; the importer is left to notice."""
    for found in psutil.process_iter(["name"]):
        try:
            if str(found.info["name"]).startswith("postgres") and Path(found.cwd()).is_relative_to(house.home):
                os.kill(found.pid, signal.SIGKILL)
        except (psutil.Error, ProcessLookupError, OSError):
            continue
    process.wait(60)


def accidents(many: int, least: float) -> Iterator[float]:
    """Moments as shares of the rows that are in; below 0, as shares of the time in which the program starts."""
    draw = random.Random(SEED)
    return (draw.uniform(least, 1.0) for _ in range(many))


def begin_and_kill(undisturbed: Undisturbed, house: House, kill: Kill, share: float) -> None:
    """Kill once this share of the rows is in, and a moment later, anywhere in the transaction of a row."""
    process = house.begin()
    if share < 0:
        time.sleep(-share * undisturbed.begun)
    else:
        house.wait_for(round(share * (ROWS - ROWS // 20)), process)
        time.sleep(random.uniform(0, 0.01))
    kill(house, process)


def finish(undisturbed: Undisturbed, house: House, *told: object) -> int:
    """Run again to the end and compare row by row; how many rows had been in before."""
    again = json.loads(house.run(*house.words))
    assert again["entered"] + again["already"] == ROWS - ROWS // 20, told
    assert house.picture() == undisturbed.picture, told
    assert house.verified(), told
    shutil.rmtree(house.home)
    return int(again["already"])


def test_after_a_kill_of_each_every_row_is_the_same(undisturbed: Undisturbed) -> None:
    house = _copy(undisturbed.empty, undisturbed.empty.home.parent / "twice")
    shares = list(accidents(2, 0.2))
    for kill, share in zip((kill_importer, kill_database), shares, strict=True):
        begin_and_kill(undisturbed, house, kill, share)
    finish(undisturbed, house, SEED, shares)


@pytest.mark.slow
@pytest.mark.parametrize("kill", [kill_importer, kill_database])
def test_twenty_accidents_each(undisturbed: Undisturbed, kill: Kill) -> None:
    found = []
    for at, share in enumerate(accidents(20, -0.25)):
        house = _copy(undisturbed.empty, undisturbed.empty.home.parent / f"{kill.__name__}{at}")
        begin_and_kill(undisturbed, house, kill, share)
        found.append(finish(undisturbed, house, SEED, share))
    print(f"rows in when the accident came: {found}")
    assert any(0 < already < ROWS - ROWS // 20 for already in found), (SEED, found)
