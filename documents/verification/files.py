"""Files that versions were recorded from: each is the one that the log names."""

import hashlib
import zlib

from django.utils.translation import gettext as _

from documents.evidence.contents import stated
from documents.evidence.reading import MAPPING, Unsound
from documents.models import ImportedFile

from .log import name_of


def check_files(publisher, log, watch):
    left = {name: link for name, link in log.announced.items() if "file" in link.payload}
    files = ImportedFile.objects.filter(policy__publisher=publisher, version__isnull=False)
    files = files.select_related("version__policy").order_by("pk")
    for imported in watch.over(files.iterator(chunk_size=20), "recorded files"):
        version = imported.version
        link = left.pop((str(version.policy.key), version.number), None)
        check_named(imported, link)
        check_bytes(imported)
    for link in left.values():
        raise Unsound(_("the file that entry %(seq)s names is missing") % {"seq": link.seq})


def check_named(imported, link):
    """link: the entry that announced the version, if it names a file."""
    said = stated(link, "file", MAPPING) if link else {}
    if (said.get("name"), said.get("sha256")) != (imported.name, imported.sha256):
        raise Unsound(_("%(row)s is not the one that the log names") % {"row": name_of(imported)})


def check_bytes(imported):
    """Of a file that was destroyed by order only the hash counts."""
    try:
        holds = hashlib.sha256(imported.data).hexdigest() == imported.sha256
    except (TypeError, zlib.error):  # changed into what can be no file
        holds = False
    if imported.packed and not holds:
        raise Unsound(_("%(row)s does not match its hash") % {"row": name_of(imported)})
