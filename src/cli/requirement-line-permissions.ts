import type { SdistPolicy } from '../plan/request/bundle-request';
import { forcedBuilds } from '../plan/declarations/lines/forced-builds';
import type { LineOption } from '../plan/declarations/lines/line-options';
import { optionsOf } from '../plan/declarations/lines/line-options';
import { lineUrls } from '../plan/declarations/lines/line-urls';
import type { RequirementsLine } from '../plan/declarations/lines/requirements-file';
import { readRequirements } from '../plan/declarations/lines/requirements-file';
import { isRemote } from '../plan/packaging/local/local-reference';
import { DEFAULT_INDEX, isSameIndex } from '../plan/packaging/requirement/package-indexes';
import { redactUrls } from '../plan/values/redact';

/** Options that fetch nothing, trust nobody and build nothing. A build is listed by the name of the distribution. */
const HARMLESS: readonly (string | null)[] = [
  ...['-C', '--config-setting', '--config-settings', '--hash', '--no-binary', '--only-binary'],
  ...['--all-releases', '--no-index', '--only-final', '--pre', '--prefer-binary', '--require-hashes'],
];

/** Options that name files, which the plan has, or URLs, which are listed one by one. */
const NAMES_PLACE: readonly (string | null)[] = [
  ...['-c', '--constraint', '-e', '--editable', '-r', '--requirement'],
  ...['-f', '--find-links', '-i', '--index-url', '--extra-index-url', '--pypi-url'],
];

/**
 * The sources from which requirements files fetch, besides the default index, and those that are built on this machine.
 * An address may be one of a network that only this machine reaches. The planner reads the lines in the same way; a
 * line that it refuses is refused before an installer starts.
 */
export const fetchesOf = (texts: readonly string[], sdist: SdistPolicy): readonly string[] => [
  ...texts.flatMap(readRequirements).flatMap((line) => ofLine(line, sdist)),
  ...(sdist === 'host' ? forcedBuilds(texts).map((name) => `(builds ${name} on this machine)`) : []),
];

const ofLine = (line: RequirementsLine, sdist: SdistPolicy): readonly string[] => [
  ...lineUrls(line).flatMap(({ text }) => ofUrl(text.replace(/;$/, ''), line, sdist)),
  ...pagesOf(line),
  ...optionsOf(line).flatMap(ofOption),
];

const ofUrl = (url: string, line: RequirementsLine, sdist: SdistPolicy): readonly string[] => {
  const shown = redactUrls(url);
  if (line._tag === 'Option')
    // The plan has the digest of a local index.
    return !isRemote(url) || isSameIndex(url, DEFAULT_INDEX) ? [] : [`(takes packages from ${shown})`];
  return sdist === 'host' && line._tag === 'Named' && !isWheel(url)
    ? [`(fetches ${shown}, and builds it on this machine)`]
    : [`(fetches ${shown})`];
};

const isWheel = (url: string): boolean => /\.whl$/i.test(url.replace(/[?#].*/s, ''));

/** A page may link to any host. In a folder, pip reads only the names of files. */
const pagesOf = (line: RequirementsLine): readonly string[] =>
  line._tag === 'FindLinks' && /\.html?$/i.test(line.target) ? [`(follows the links of ${line.target})`] : [];

const ofOption = ({ name, known, value = '' }: LineOption): readonly string[] => {
  if (HARMLESS.includes(known) || NAMES_PLACE.includes(known)) return [];
  return known === '--trusted-host'
    ? [`(trusts ${redactUrls(value)} without a certificate)`]
    : [`(sets the option ${known ?? name})`];
};
