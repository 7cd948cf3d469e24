"""HTML of a mail in a browser: no script, no form, nothing loaded, and no part of our own site.

A mail that somebody else wrote must not act in the name of whoever looks at it.
"""

from django.http import HttpResponse

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'self'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
NEW_WINDOW = '<base target="_blank">'


def sandboxed(html):
    """A response with the HTML as it is, but that its links open in a window of their own."""
    response = HttpResponse(html.replace("<head>", f"<head>{NEW_WINDOW}", 1))
    response["Content-Security-Policy"] = POLICY
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
