import { indexUrl } from '../packaging/package-indexes';
import { hasCredentials } from '../packaging/url-credentials';
import { redactUrls } from '../redact';

/** The URL of an index as a plan may have it: without a literal user name and password, null for PyPI; a `${NAME}` stays. */
export const plainIndex = (url: string): string | null =>
  indexUrl(hasCredentials(url) ? redactUrls(url) : url);
