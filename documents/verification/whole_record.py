"""Everything that can be checked about one publisher, in the order in which it rests on itself."""

from documents.evidence.reading import Unsound
from documents.models import Publisher
from documents.signals import evidence_checked

from .acts import check_acts
from .files import check_files
from .log import read_log
from .publications import check_publications
from .removals import check_removals
from .snapshot import snapshot
from .stamps import check_stamps
from .versions import check_versions

CHECKS = (check_stamps, check_versions, check_removals, check_publications, check_files, check_acts)


def first_problem(publisher, watch):
    """The first entry or row that does not hold, in words; None if everything holds.

    watch: a watching.Watch, by which whatever is checked passes.
    """
    try:
        with snapshot():
            log = read_log(publisher, watch)
            for check in CHECKS:
                check(publisher, log, watch)
            check_elsewhere(publisher, watch)
    except Unsound as problem:
        return str(problem)
    return None


def check_elsewhere(publisher, watch):
    """The tables of other apps: they answer with their problems, first things first."""
    answers = evidence_checked.send(Publisher, publisher=publisher, watch=watch)
    for _receiver, problems in answers:
        for problem in problems:
            raise Unsound(problem)
