import { indexUrl } from '../../packaging/requirement/package-indexes';
import { hasCredentials } from '../../packaging/requirement/url-credentials';
import { redactUrls } from '../../values/redact';

/** The URL of an index as a plan may have it: without a literal user name and password, null for PyPI; a `${NAME}` stays. */
export const plainIndex = (url: string): string | null =>
  indexUrl(hasCredentials(url) ? redactUrls(url) : url);
