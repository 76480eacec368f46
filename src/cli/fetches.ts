import type { SdistPolicy } from '../plan/bundle-request';
import { forcedBuilds } from '../plan/declarations/forced-builds';
import { DEFAULT_INDEX } from '../plan/packaging/package-indexes';
import { redactUrls } from '../plan/redact';

const INDEX =
  /^\s*(?:-i|--index-url|--pypi-url|--extra-index-url|-f|--find-links)(?:\s*=\s*|\s+)['"]?([^\s'"]+)/;

const ADDRESS = /(?:^|[\s@=])((?:(?:git|hg|svn|bzr)\+)?[a-z][a-z0-9+.-]*:\/\/[^\s;'"]+)/i;

const isWheel = (url: string): boolean => /\.whl$/i.test(url.replace(/[?#].*/s, ''));

/**
 * What lines of requirements files fetch besides packages of the default index, and what of it is built on this machine: an
 * address may be one of a network that only this machine reaches.
 */
export const fetchesOf = (texts: readonly string[], sdist: SdistPolicy): readonly string[] => [
  ...texts.flatMap((text) => text.split(/\r?\n/)).flatMap((line) => ofLine(line, sdist)),
  ...(sdist === 'host' ? forcedBuilds(texts).map((name) => `(builds ${name} on this machine)`) : []),
];

const ofLine = (line: string, sdist: SdistPolicy): readonly string[] => {
  if (/^\s*#/.test(line)) return [];
  const index = INDEX.exec(line)?.[1];
  if (index !== undefined)
    return index.replace(/\/+$/, '') === DEFAULT_INDEX.replace(/\/+$/, '')
      ? []
      : [`(takes packages from ${redactUrls(index)})`];
  const url = ADDRESS.exec(line)?.[1];
  if (url === undefined) return [];
  const shown = redactUrls(url);
  return sdist === 'host' && !isWheel(url)
    ? [`(fetches ${shown}, and builds it on this machine)`]
    : [`(fetches ${shown})`];
};
