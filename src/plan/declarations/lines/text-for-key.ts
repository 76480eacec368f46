import { urlForKey } from '../../values/url';

/** Text that may precede a URL that an installer fetches. URLs in markers and in build options are plain text. */
const BEFORE_URL =
  /^\s*(?:[A-Za-z0-9][\w.-]*\s*(?:\[[^\]]*\]\s*)?@\s*|(?:-[ifrce]|--(?:index-url|extra-index-url|pypi-url|find-links|requirement|constraint|editable))(?:\s*=\s*|\s*)['"]?)?$/;

const FIRST_URL = /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*:\/\/[^\s"']+/i;
const URLS = new RegExp(FIRST_URL, 'gi');

const COMMENT = /(?<!\S)#.*$/s;

const lineForKey = (line: string): string => {
  const [comment = ''] = COMMENT.exec(line) ?? [];
  const content = line.slice(0, line.length - comment.length);
  const url = FIRST_URL.exec(content);
  const cut =
    url !== null && BEFORE_URL.test(content.slice(0, url.index))
      ? content.slice(0, url.index) + urlForKey(url[0]) + content.slice(url.index + url[0].length)
      : content;
  return cut + comment.replace(URLS, urlForKey);
};

/**
 * The text of a requirements file that goes into a key. It has no user names and passwords of fetched URLs. Text that
 * does not parse as a URL, or stands elsewhere, stays as it is.
 */
export const textForKey = (text: string): string =>
  text.includes('://')
    ? text.replace(/[^\r\n]+/g, (line) => (line.includes('://') ? lineForKey(line) : line))
    : text;
