"""Time stamp authorities, made once: keys take a while."""

import shutil

import pytest

from tests.time_authority import Authority


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    if shutil.which("openssl") is None:
        pytest.skip("the openssl command is missing: no time stamp authority to test with")
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def stranger(authority, tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("stranger"))
