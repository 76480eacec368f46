import { indexUrl } from '../../packaging/requirement/package-indexes';
import { hasCredentials } from '../../packaging/requirement/url-credentials';
import { redactUrls } from '../../values/redact';

/** An index URL for a plan: without a literal user name and password, but with each `${NAME}`. Null for PyPI. */
export const plainIndex = (url: string): string | null =>
  indexUrl(hasCredentials(url) ? redactUrls(url) : url);
