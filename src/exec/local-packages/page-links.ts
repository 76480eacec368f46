import { fileURLToPath, pathToFileURL } from 'node:url';

/** A page's link to a local file that an installer may install. */
interface PageLink {
  /** As the page has it. */
  readonly written: string;
  /** Absolute path; undefined if the link is not a valid path. */
  readonly target: string | undefined;
}

/** Whether pip reads a file as a page of links, even in a folder of wheels. */
export const isPage = (file: string): boolean => /\.html?$/i.test(file);

/** Files that pip and uv take for a distribution. pip also takes a link with `#egg=` and the name of a project. */
const DISTRIBUTION = /\.(whl|zip|tar|tgz|tbz|txz|tlz|egg|tar\.(gz|bz2|xz|lz|lzma|zst))$/i;

const HREF = /<\s*(a|base)\b[^>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi;

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  apos: "'",
  sol: '/',
  period: '.',
  colon: ':',
};

const decoded = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));?/gi,
    (whole, hex?: string, decimal?: string, name = '') => {
      if (hex !== undefined) return String.fromCodePoint(Math.min(parseInt(hex, 16), 0x10ffff));
      if (decimal !== undefined) return String.fromCodePoint(Math.min(parseInt(decimal, 10), 0x10ffff));
      return NAMED[String(name).toLowerCase()] ?? whole;
    },
  );

const urlOf = (text: string, base: URL): URL | undefined => {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
};

const pathOf = (url: URL): string | undefined => {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
};

/**
 * The links of a page of a local index to distributions on this machine.
 *
 * @param page absolute path of the page
 */
export const localLinks = (html: string, page: string): readonly PageLink[] => {
  const found = [...html.matchAll(HREF)].map(([, tag = '', double, single, bare = '']) => ({
    isBase: tag.toLowerCase() === 'base',
    written: decoded((double ?? single ?? bare).trim()),
  }));
  const own = pathToFileURL(page);
  const named = found.find(({ isBase }) => isBase)?.written;
  const base = named === undefined ? own : (urlOf(named, own) ?? own);
  return found
    .filter(({ isBase }) => !isBase)
    .flatMap(({ written }): readonly PageLink[] => {
      const url = urlOf(written, base);
      if (url?.protocol !== 'file:') return [];
      const target = pathOf(url);
      const isTaken = DISTRIBUTION.test(target ?? url.pathname) || /[#&]egg=/.test(url.hash);
      return isTaken ? [{ written, target }] : [];
    });
};
