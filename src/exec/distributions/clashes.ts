import * as fs from 'node:fs';
import * as path from 'node:path';
import { byText } from '../../plan/values/hash';
import { metadataFields } from '../../plan/packaging/project/core-metadata';
import { normalizeName } from '../../plan/packaging/requirement/package-name';
import { staysInside } from '../../plan/values/paths';
import { digestFileSync } from '../files/digest';
import { isThere } from '../files/file-kind';
import { METADATA_FOLDER } from './recorded-files';
import { textOf } from '../files/requirement-texts';
import { recordedDigest, recordedHashes } from './tidy-record';

/** A distribution that lists a file. */
export interface Claim {
  /** `name-version`, as in the name of its metadata folder. */
  readonly distribution: string;
  /** Normalized. */
  readonly name: string;
  readonly version: string;
  /** The hash of the file's content in RECORD; empty if RECORD has no hash. */
  readonly hash: string;
}

/** A file that several distributions list with different content. */
export interface Clash {
  readonly file: string;
  /** Sorted by name; distributions of `dependencies.omit` come first. */
  readonly claims: readonly [Claim, Claim, ...Claim[]];
}

/**
 * The distribution whose file a bundle has: of the distributions that stay, the one whose name sorts last. The rule is
 * the same for all installers: pip installs one distribution after another, in the order of dependencies, and uv all at
 * once.
 */
export const winnerOf = ({ claims }: Clash): Claim => claims.at(-1) ?? claims[0];

const differ = (claims: readonly Claim[]): boolean =>
  claims.some(({ hash }) => hash === '' || hash !== claims[0]?.hash);

/**
 * The files that several distributions list with different content, sorted by path. A file with the same content in
 * all, such as the `__init__.py` of a shared package, is not a clash. Bytecode of a wheel never ships.
 *
 * @param records folder with the metadata of the installed distributions
 * @param omitted names of distributions to leave out: their files give way
 */
export const clashesIn = (records: string, omitted: readonly string[]): readonly Clash[] => {
  const gone = new Set(omitted.map(normalizeName));
  const all = new Map<string, Claim[]>();
  for (const folder of fs.readdirSync(records).filter((name) => name.endsWith(METADATA_FOLDER))) {
    const values = metadataFields(textOf(path.join(records, folder, 'METADATA')));
    const claim = {
      distribution: folder.slice(0, -METADATA_FOLDER.length),
      name: normalizeName(values('Name')[0] ?? ''),
      version: values('Version')[0] ?? '',
    };
    for (const [listed, hash] of recordedHashes(textOf(path.join(records, folder, 'RECORD')))) {
      const file = path.posix.normalize(listed);
      if (file === '.' || !staysInside(file) || file.includes('__pycache__/')) continue;
      const claims = all.get(file) ?? [];
      if (claims.at(-1)?.distribution !== claim.distribution) claims.push({ ...claim, hash });
      all.set(file, claims);
    }
  }
  const order = (a: Claim, b: Claim): number =>
    Number(gone.has(b.name)) - Number(gone.has(a.name)) ||
    byText(a.name, b.name) ||
    byText(a.distribution, b.distribution);
  return [...all]
    .flatMap(([file, claims]): readonly Clash[] => {
      const [first, second, ...more] = claims.sort(order);
      return first === undefined || second === undefined || !differ(claims)
        ? []
        : [{ file, claims: [first, second, ...more] }];
    })
    .sort((a, b) => byText(a.file, b.file));
};

/** Whether a tree has a distribution's version of a file, by its hash. */
export const hasContentOf = (tree: string, file: string, { hash }: Claim): boolean => {
  const place = path.join(tree, file);
  if (!isThere(place) || !fs.statSync(place).isFile()) return false;
  const { digest } = digestFileSync(place);
  return hash === recordedDigest(digest);
};
