"""An evidence folder on disk, and its check in this process and with nothing but the folder."""

import subprocess
import sys

import pytest

from documents.evidence.export import write
from documents.evidence.pack import verify

from .sample import Sample, failures


@pytest.fixture
def sample():
    return Sample()


@pytest.fixture
def folder(tmp_path):
    """A sound one, as exported."""
    path = tmp_path / "sound"
    write(path, Sample().contents())
    return path


@pytest.fixture
def failed(tmp_path):
    """What does not hold in a folder made of a sample, or of the given files."""
    made = 0

    def _failed(sample, head=None, **changes):
        nonlocal made
        made += 1
        path = tmp_path / f"exported-{made}"
        write(path, {**sample.contents(), **changes})
        return failures(verify(path, head))

    return _failed


@pytest.fixture
def alone():
    """Run a folder's own verify.py without this project, its environment or its packages."""

    def _alone(folder, *arguments):
        return subprocess.run(
            [sys.executable, "-I", "-S", "verify.py", *arguments],
            cwd=folder,
            env={},
            capture_output=True,
            text=True,
            timeout=60,
        )

    return _alone
