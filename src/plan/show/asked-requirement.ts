import { isRight } from 'fp-ts/Either';
import { normalizeName } from '../packaging/requirement/package-name';
import { parseRequirement } from '../packaging/requirement/requirement';
import type { RequirementsLine } from '../declarations/lines/requirements-file';
import { redactUrls } from '../values/redact';

/** A file that may be installed for a requirement. */
export interface AllowedHash {
  /** The name that pip uses, such as `sha256`. */
  readonly algorithm: string;
  readonly digest: string;
}

/** A requirement in parsed form. */
export interface AskedRequirement {
  /** Normalized. */
  readonly name: string;
  readonly extras: readonly string[];
  /** The only allowed version; null if others are allowed. */
  readonly version: string | null;
  /** The URL of its source, without credentials; null for a package index. */
  readonly url: string | null;
  readonly hashes: readonly AllowedHash[];
}

const OPTIONS = /\s--[a-z]/;

const HASH = /--hash[=\s]\s*([a-z0-9_]+):([0-9a-f]+)/gi;

/** A URL without its query, which may have a token. */
const plainUrl = (url: string): string => redactUrls(url).replace(/\?[^#]*/, '');

/** The requirement on a line of a requirements file; empty if the line names no package. */
export const askedBy = (line: RequirementsLine): readonly AskedRequirement[] => {
  if (line._tag !== 'Named') return [];
  const parsed = parseRequirement(line.text.split(OPTIONS, 1)[0] ?? '');
  if (!isRight(parsed)) return [];
  const { name, extras, specifier, url } = parsed.right;
  const [, version = null] = /^={2,3}\s*([^,*\s]+)$/.exec(specifier) ?? [];
  return [
    {
      name: normalizeName(name),
      extras: extras.map(normalizeName),
      version,
      url: url === null ? null : plainUrl(url),
      hashes: [...line.text.matchAll(HASH)].map(([, algorithm = '', digest = '']) => ({
        algorithm: algorithm.toLowerCase(),
        digest: digest.toLowerCase(),
      })),
    },
  ];
};
