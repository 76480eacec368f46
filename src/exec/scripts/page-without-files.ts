/** A page that an index gave for a name, with success, and on which no file of any package is. */
export interface PageWithoutFiles {
  readonly asked: string;
  /** The page that a redirect led to, or the one that was asked for. */
  readonly seen: string;
  readonly status: string;
  /** What kind of text it is; empty where the installer does not tell. */
  readonly type: string;
  readonly hasForm: boolean;
}

/** How a line begins by which pip tells of such a page: what was asked for, what came, its status and type, and whether it has a form. */
export const PIP_PAGE = 'cdk-lambda-python: no file on ';

/** How a line of uv's log begins that is kept. */
export const UV_LOGGED = 'cdk-lambda-python: uv: ';

/** Lines that installers print for this library, and no reader. */
export const isForLibrary = (line: string): boolean => line.includes(PIP_PAGE) || line.startsWith(UV_LOGGED);

/** The query of a page to log in at may hold a secret. */
const withoutQuery = (url: string): string => url.split(/[?#]/, 1)[0] ?? url;

const byPip = (output: string): PageWithoutFiles | undefined => {
  const [, asked, seen, status, type, form] =
    /cdk-lambda-python: no file on (\S+) (\S+) (\d+) (\S+) (form|none)$/m.exec(output) ?? [];
  return asked === undefined || seen === undefined || status === undefined || type === undefined
    ? undefined
    : { asked, seen: withoutQuery(seen), status, type, hasForm: form === 'form' };
};

/** uv asks for several pages at once: where a redirect led to is only known if all of them led to the same page. */
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

/** The page without files that an installer got in place of what was asked for; both installers only say that there is no such version. */
export const pageWithoutFiles = (output: string): PageWithoutFiles | undefined =>
  byPip(output) ?? byUv(output);

/** What is said of it. */
export const showPage = ({ asked, seen, status, type, hasForm }: PageWithoutFiles): string => {
  const from = seen === asked ? '' : ` of ${seen}, where it led,`;
  const kind = type === '' ? '' : ` (${type})`;
  return `it answered ${status} with a page${kind}${from} on which no file of a package is${
    hasForm
      ? ', but a form: this is most likely a page to log in at'
      : ': a page to log in at, one of a proxy, or an index that lists nothing under this name'
  }`;
};
