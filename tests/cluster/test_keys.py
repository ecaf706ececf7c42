"""Keys are made once, kept private, and never replaced by new ones."""

import pytest

from fazhi.cluster import ClusterError, keys


def test_keys_are_made_once(tmp_path):
    keys.make(tmp_path / "keys")
    first = [keys.read(tmp_path / "keys", name) for name in keys.NAMES]
    keys.make(tmp_path / "keys")
    assert [keys.read(tmp_path / "keys", name) for name in keys.NAMES] == first
    assert len(set(first)) == len(keys.NAMES)
    assert {len(key) for key in first} == {32}


@pytest.mark.parametrize("name", keys.NAMES)
def test_a_missing_key_is_not_made_anew(tmp_path, name):
    keys.make(tmp_path / "keys")
    keys.path(tmp_path / "keys", name).unlink()
    with pytest.raises(ClusterError, match=f"{name}.key"):
        keys.make(tmp_path / "keys")
    assert not keys.path(tmp_path / "keys", name).exists()


def test_a_short_key_is_refused(tmp_path):
    keys.make(tmp_path / "keys")
    keys.path(tmp_path / "keys", "body").write_bytes(b"short")
    with pytest.raises(ClusterError, match="32"):
        keys.read(tmp_path / "keys", "body")


@pytest.mark.parametrize("what", ["keys", "keys/seal.key"])
def test_wide_permissions_are_refused(tmp_path, what):
    keys.make(tmp_path / "keys")
    (tmp_path / what).chmod(0o755)
    with pytest.raises(ClusterError, match="chmod"):
        keys.make(tmp_path / "keys")
