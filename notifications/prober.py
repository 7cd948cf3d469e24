"""Looks at a public page as a reader would. The only caller of the site's own addresses."""

import urllib.error
import urllib.request

TIMEOUT = 10  # seconds
MAX_BYTES = 5_000_000


def look(url, notice_sha256):
    """Whether the page at a URL shows this notice: an empty text, or the problem in a few words.

    url: an http(s) address of this site, never one that somebody typed.
    """
    request = urllib.request.Request(url, headers={"Cache-Control": "no-cache"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310
            page = response.read(MAX_BYTES)
    except urllib.error.HTTPError as error:
        return f"the page answered {error.code}"
    except (OSError, ValueError) as error:
        return f"the page does not answer ({type(error).__name__})"
    if f'data-notice="{notice_sha256}"'.encode() not in page:
        return "the page does not show the notice"
    return ""
