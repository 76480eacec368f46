"""Lets a pip report an index that does not answer, or not this user.

pip passes over it in silence, and then says that nothing has the version. Only that one of several indexes has no such
name (404) is nothing to report. A page to log in at comes with success, and has no file: pip reports that as well. A
page of an index may have no file either; it says of which version of the standard it is, or it is JSON.
"""

import re
import sys

from values import PIP_PAGE

FILE = re.compile(rb"\.(?:whl|zip|egg|tgz|tbz|txz|tar)\b")
FORM = re.compile(rb"(?i)<form\b")


def kind_of(content_type):
    return content_type.split(";")[0].strip().lower()


def lists_no_file(url, kind, text):
    is_index = "json" in kind or b"pypi:repository-version" in text
    return url.startswith("http") and not is_index and not FILE.search(text)


def page_line(places, status, kind, text):
    form = "form" if FORM.search(text) else "none"
    return "%s%s %d %s %s\n" % (PIP_PAGE, " ".join(places), status, kind.replace(" ", "") or "unknown", form)


def report_failed_indexes():
    from pip._internal.index import collector

    failed = getattr(collector, "_handle_get_simple_fail", None)
    if failed is not None:

        def report_failure(link, reason, meth=None):
            quiet = str(reason).startswith("404 ")
            failed(link, reason, meth or (collector.logger.debug if quiet else collector.logger.warning))

        collector._handle_get_simple_fail = report_failure
    get_page = getattr(collector, "_get_simple_response", None)
    if get_page is not None:

        def get_and_report(url, *args, **kwargs):
            page = get_page(url, *args, **kwargs)
            kind, text = kind_of(page.headers.get("Content-Type", "")), page.content
            if lists_no_file(url, kind, text):
                from pip._internal.utils.misc import redact_auth_from_url

                places = [redact_auth_from_url(each) for each in (url, page.url)]
                sys.stderr.write(page_line(places, page.status_code, kind, text))
                sys.stderr.flush()
            return page

        collector._get_simple_response = get_and_report
