/**
 * Lets a pip tell of an index that does not answer, or not this user: it passes over it in silence, and then says that nothing has the
 * version. Only that one of several indexes has no such name (404) is nothing to tell.
 */
export const TELL_FAILED_INDEXES = `
from pip._internal.index import collector
failed = getattr(collector, "_handle_get_simple_fail", None)
if failed is not None:
    collector._handle_get_simple_fail = lambda link, reason, meth=None: failed(link, reason, meth or (collector.logger.debug if str(reason).startswith("404 ") else collector.logger.warning))
`.trim();
