import { PIP_PAGE } from './page-without-files';

/**
 * Lets a pip tell of an index that does not answer, or not this user: it passes over it in silence, and then says that nothing has the
 * version. Only that one of several indexes has no such name (404) is nothing to tell.
 *
 * A page to log in at comes with success, and has no file: pip tells of that as well. A page of an index may have no file either; it says
 * of which version of the standard it is, or it is JSON.
 */
export const TELL_FAILED_INDEXES = `
from pip._internal.index import collector
failed = getattr(collector, "_handle_get_simple_fail", None)
if failed is not None:
    collector._handle_get_simple_fail = lambda link, reason, meth=None: failed(link, reason, meth or (collector.logger.debug if str(reason).startswith("404 ") else collector.logger.warning))
get_page = getattr(collector, "_get_simple_response", None)
if get_page is not None:
    def get_and_tell(url, *args, **kwargs):
        import re, sys
        page = get_page(url, *args, **kwargs)
        kind, text = page.headers.get("Content-Type", "").split(";")[0].strip().lower(), page.content
        is_index = "json" in kind or b"pypi:repository-version" in text
        if url.startswith("http") and not is_index and not re.search(br"\\.(?:whl|zip|egg|tgz|tbz|txz|tar)\\b", text):
            from pip._internal.utils.misc import redact_auth_from_url
            places = " ".join(redact_auth_from_url(each) for each in (url, page.url))
            form = "form" if re.search(br"(?i)<form\\b", text) else "none"
            sys.stderr.write("${PIP_PAGE}%s %d %s %s\\n" % (places, page.status_code, kind.replace(" ", "") or "unknown", form))
            sys.stderr.flush()
        return page

    collector._get_simple_response = get_and_tell
`.trim();
