/** A page that an index successfully returned for a name, but that lists no file of any distribution. */
export interface PageWithoutFiles {
  readonly asked: string;
  /** The page to which a redirect led, or else the requested page. */
  readonly seen: string;
  readonly status: string;
  /** The content type; empty if the installer does not print it. */
  readonly type: string;
  readonly hasForm: boolean;
}

/** The start of pip's line on such a page; the URLs asked and seen, the status, type and form of the page follow. */
export const PIP_PAGE = 'cdk-lambda-python: no file on ';

/** The start of each kept line of uv's log. */
export const UV_LOGGED = 'cdk-lambda-python: uv: ';

/** Whether an installer printed a line for this library and not for a reader. */
export const isForLibrary = (line: string): boolean => line.includes(PIP_PAGE) || line.startsWith(UV_LOGGED);

/** The query of a login page may hold a secret. */
const withoutQuery = (url: string): string => url.split(/[?#]/, 1)[0] ?? url;

const byPip = (output: string): PageWithoutFiles | undefined => {
  const [, asked, seen, status, type, form] =
    /cdk-lambda-python: no file on (\S+) (\S+) (\d+) (\S+) (form|none)$/m.exec(output) ?? [];
  return asked === undefined || seen === undefined || status === undefined || type === undefined
    ? undefined
    : { asked, seen: withoutQuery(seen), status, type, hasForm: form === 'form' };
};

/** uv asks for several pages at once, so a redirect's page is only known if all redirects led to the same page. */
const byUv = (output: string): PageWithoutFiles | undefined => {
  const lines = output.split('\n').filter((line) => line.startsWith(UV_LOGGED));
  const matched = (pattern: RegExp): readonly (readonly string[])[] =>
    lines.flatMap((line) => {
      const found = pattern.exec(line);
      return found === null ? [] : [found.slice(1)];
    });
  const names = matched(/Selecting candidate for (\S+) with range .* with 0 remote versions/).map(
    ([name]) => name,
  );
  const led = new Set(matched(/Redirecting to `([^`]+)`/).map(([url = '']) => withoutQuery(url)));
  const [page] = matched(/request with status (2\d\d)[^:]* for: (\S+)/).filter(([, url = '']) =>
    names.includes(url.replace(/\/$/, '').split('/').at(-1)),
  );
  const [status, asked] = page ?? [];
  const [target] = led;
  return status === undefined || asked === undefined
    ? undefined
    : {
        asked,
        seen: led.size === 1 && target !== undefined ? target : asked,
        status,
        type: '',
        hasForm: false,
      };
};

/** The page without files that an installer got. By itself, an installer only says that there is no such version. */
export const pageWithoutFiles = (output: string): PageWithoutFiles | undefined =>
  byPip(output) ?? byUv(output);

/** The text about such a page, for an error. */
export const showPage = ({ asked, seen, status, type, hasForm }: PageWithoutFiles): string => {
  const from = seen === asked ? '' : ` of ${seen}, where it led,`;
  const kind = type === '' ? '' : ` (${type})`;
  return `it answered ${status} with a page${kind}${from} on which no file of a package is${
    hasForm
      ? ', but a form: this is most likely a page to log in at'
      : ': a page to log in at, one of a proxy, or an index that lists nothing under this name'
  }`;
};
