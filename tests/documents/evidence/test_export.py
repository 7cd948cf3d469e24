"""A folder is written whole, with a program that needs nothing else."""

import ast
import sys
import tomllib

import pytest

from documents.evidence import export
from documents.evidence.export import COPIED, readme, sources, write

OPTIONAL = {"idna"}  # used where it is installed


def imported(source):
    """Names of the modules that a source imports; relative ones with their dot."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "").partition(".")[0]


@pytest.mark.parametrize("name", COPIED)
def test_a_copied_module_imports_the_standard_library_and_its_like_alone(name):
    siblings = {f".{other.removesuffix('.py')}" for other in COPIED}
    for module in imported(sources()[name]):
        assert module in siblings | {".", *OPTIONAL} or module in sys.stdlib_module_names, module


def test_a_copied_module_does_without_what_a_bare_python_lacks(monkeypatch):
    for module in OPTIONAL:
        monkeypatch.setitem(sys.modules, module, None)
    found = {"__name__": "commitment"}
    exec(sources()["commitment.py"], found)  # noqa: S102 - our own module, as it is copied
    assert found["normalised"]("Ada@B\u00fccher.example") == "Ada@xn--bcher-kva.example"


def test_what_is_copied_is_what_runs_here():
    package = export.Path(export.__file__).parent
    assert all((package / name).read_bytes() == data for name, data in sources().items())
    not_copied = {file.name for file in package.glob("*.py")} - set(COPIED)
    assert not_copied == {"export.py", "timestamps.py"}


def test_the_program_runs_on_every_python_that_we_support():
    project = export.Path(__file__).parents[3] / "pyproject.toml"
    required = tomllib.loads(project.read_text())["project"]["requires-python"]
    assert required == ">=3.11"
    for name, source in sources().items():
        ast.parse(source, name, feature_version=(3, 11))


@pytest.mark.parametrize(
    "name",
    ["/etc/x", "../x", "a/../../x", "verify.py", "SHA256SUMS", "evidence/pack.py"],
)
def test_a_name_that_leaves_the_folder_or_is_taken_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match="cannot be a file"):
        write(tmp_path / "folder", {name: b""})


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError):
        write(tmp_path, {})
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_lines_are_written_as_they_come(tmp_path):
    write(tmp_path, {"notices/1/deliveries.jsonl": (line for line in (b"{}", b"[]"))})
    assert (tmp_path / "notices/1/deliveries.jsonl").read_bytes() == b"{}\n[]\n"


def test_the_read_me_says_how_to_check_and_what_is_not_proved():
    text = readme("Acme {Ltd}", "Terms", 2, (11, "ab" * 32), "https://acme.example/heads").decode()
    for words in (
        "python3 verify.py --head SEQ:SHA256",
        "11:" + "ab" * 32,
        "https://acme.example/heads",
        "Acme {Ltd}",
        "accepted is not read",
    ):
        assert words in text
