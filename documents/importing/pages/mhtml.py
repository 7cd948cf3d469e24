"""A page saved in one file (.mht, .mhtml): the page in it, and its address."""

from email import message_from_bytes

from ..decoding import MAX_BYTES
from ..errors import FileTooLarge, NotSavedPage
from ..outline import Outline
from .charsets import markup_of
from .outlining import outline_of_html

_PAGES = {"text/html", "application/xhtml+xml"}


def read_mhtml(data: bytes) -> Outline:
    """The outline of the first page in the file; the others are its frames.

    Raises UnreadableFile.
    """
    if len(data) > MAX_BYTES:
        raise FileTooLarge(size=len(data), limit=MAX_BYTES)
    content, charset, address = _page_in(data)
    return outline_of_html(markup_of(content, charset), is_whole_page=True, address=address)


def _page_in(data: bytes) -> tuple[bytes, str, str]:
    """(content, the encoding named for it, its address); what is not said is empty.

    Raises NotSavedPage, also for parts inside one another without end and for
    broken headers, over which the library trips.
    """
    try:
        parts = message_from_bytes(data).walk()
        page = next(part for part in parts if part.get_content_type() in _PAGES)
        content = page.get_payload(decode=True)
        address = str(page.get("content-location", "")).strip()
        return content if isinstance(content, bytes) else b"", page.get_content_charset(""), address
    except (StopIteration, RecursionError, LookupError, TypeError, ValueError) as error:
        raise NotSavedPage from error
