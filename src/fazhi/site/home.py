"""Where an installation keeps its data: FAZHI_HOME, else beside the checkout, else the user's data folder."""

import os
from pathlib import Path


def home() -> Path:
    """The folder of the data and, unless said otherwise, of the keys."""
    if told := os.environ.get("FAZHI_HOME"):
        return Path(told).expanduser().absolute()
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "pyproject.toml").exists():
        return checkout / "data"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "fazhi"


def second_place() -> Path | None:
    """Where the log of every change is copied as it is written: FAZHI_SECOND, if it is said."""
    told = os.environ.get("FAZHI_SECOND")
    return Path(told).expanduser().absolute() if told else None


def keys_folder() -> Path:
    """The folder of keys: FAZHI_KEYS, else beside the data."""
    told = os.environ.get("FAZHI_KEYS")
    return Path(told).expanduser().absolute() if told else home() / "keys"
