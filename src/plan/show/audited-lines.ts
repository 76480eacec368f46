import { isLeft } from 'fp-ts/Either';
import { hasHash, namesOneVersion } from '../declarations/line-checks/pinned-line';
import { isUnpinnedGit } from '../declarations/line-checks/requirements-check';
import { withoutOptions } from '../declarations/lines/without-options';
import type { RequirementsLine } from '../declarations/lines/requirements-file';
import { DEFAULT_INDEX, isSameIndex } from '../packaging/requirement/package-indexes';
import { normalizeName } from '../packaging/requirement/package-name';
import { parseRequirement } from '../packaging/requirement/requirement';
import { redactUrls, shownUrl } from '../values/redact';
import { urlForKey } from '../values/url';

/** A possible risk in the source of a package, or in the information about it. */
type FindingKind =
  | 'not-pinned'
  | 'not-hashed'
  | 'from-git'
  | 'from-url'
  | 'local'
  | 'unexpected-index'
  | 'remote-include'
  | 'not-listed';

/** A finding of an audit. */
export interface AuditFinding {
  readonly kind: FindingKind;
  /** A requirement, an installed distribution, or the URL of an index, without passwords. */
  readonly subject: string;
  /** Absolute path of the file with the finding; null if it is in no file. */
  readonly file: string | null;
  /** Counted from 1; null if the file is not the user's own. */
  readonly line: number | null;
}

/** A line that an installer reads, and its place. */
export interface AuditedLine {
  readonly line: RequirementsLine;
  readonly file: string;
  readonly at: number | null;
  /** Whether the line only restricts versions. */
  readonly isConstraint: boolean;
}

const INDEX_OPTION =
  /^(-i|--index-url|--pypi-url|--extra-index-url|-f|--find-links)(?:\s*=\s*|\s+)?['"]?([^\s'"]+)/;

/** The findings in a requirement itself. */
const requirementKinds = (text: string, constraints: ReadonlyMap<string, string>): readonly FindingKind[] => {
  const requirement = withoutOptions(text);
  const parsed = parseRequirement(requirement);
  const url = isLeft(parsed) ? requirement : parsed.right.url;
  if (url !== null && /^(git\+|hg\+|svn\+|bzr\+)/.test(url)) {
    return ['from-git', ...(isUnpinnedGit(requirement) ? (['not-pinned'] as const) : [])];
  }
  if (url !== null) return ['from-url', ...(hasHash(text) ? [] : (['not-hashed'] as const))];
  if (isLeft(parsed)) return [];
  const constraint = constraints.get(normalizeName(parsed.right.name)) ?? '';
  const constrained = parseRequirement(withoutOptions(constraint));
  const specifiers = [parsed.right.specifier, isLeft(constrained) ? '' : constrained.right.specifier];
  return [
    ...(specifiers.some(namesOneVersion) ? [] : (['not-pinned'] as const)),
    ...(hasHash(text) || hasHash(constraint) ? [] : (['not-hashed'] as const)),
  ];
};

/** The normalized name of the package that a line is about; undefined if it names none. */
const nameOf = ({ line }: AuditedLine): string | undefined => {
  const [, name] = line._tag === 'Named' ? (/^([A-Za-z0-9][\w.-]*)/.exec(line.text) ?? []) : [];
  return name === undefined ? undefined : normalizeName(name);
};

const indexOf = ({ line }: AuditedLine): readonly string[] => {
  const [, , url] = line._tag === 'Option' ? (INDEX_OPTION.exec(line.text) ?? []) : [];
  return url === undefined ? [] : [url];
};

const replacesDefault = ({ line }: AuditedLine): boolean =>
  line._tag === 'Option' && /^(-i|--index-url|--pypi-url|--no-index)\b/.test(line.text);

/**
 * Finds requirements without a hash or without one version, and packages from an unexpected index. It reads the lines
 * of an installer, and installs nothing.
 *
 * @param allowed URLs of the expected indexes; if empty, the default index is expected
 */
export const auditLines = (
  lines: readonly AuditedLine[],
  allowed: readonly string[],
): readonly AuditFinding[] => {
  const expected = allowed.length === 0 ? [DEFAULT_INDEX] : allowed;
  const isExpected = (url: string): boolean =>
    expected.some((index) => isSameIndex(urlForKey(index), urlForKey(url)));
  const constraints = new Map(
    lines.flatMap((audited) => {
      const name = nameOf(audited);
      return audited.isConstraint && name !== undefined ? [[name, audited.line.text] as const] : [];
    }),
  );
  const installed = lines.filter(({ isConstraint }) => !isConstraint);
  const found = installed.flatMap((audited): readonly AuditFinding[] => {
    const { line, file, at } = audited;
    const finding = (kind: FindingKind, subject: string): AuditFinding => ({ kind, subject, file, line: at });
    switch (line._tag) {
      case 'Named': {
        const subject = redactUrls(withoutOptions(line.text));
        return requirementKinds(line.text, constraints).map((kind) => finding(kind, subject));
      }
      case 'LocalPackage':
        return [finding('local', redactUrls(line.text))];
      case 'Include':
        return [finding('remote-include', redactUrls(line.target))];
      case 'FindLinks':
        return [finding('local', `--find-links ${line.target}`)];
      case 'Option':
        return indexOf(audited)
          .filter((url) => !isExpected(url))
          .map((url) => finding('unexpected-index', shownUrl(url)));
    }
  });
  const asksDefault = installed.some(({ line }) => line._tag === 'Named') && !installed.some(replacesDefault);
  return asksDefault && !isExpected(DEFAULT_INDEX)
    ? [...found, { kind: 'unexpected-index', subject: DEFAULT_INDEX, file: null, line: null }]
    : found;
};

/** Installed distributions that no line names: dependencies of others, with the versions of that day. */
export const notListed = (
  lines: readonly AuditedLine[],
  installed: readonly { readonly name: string; readonly version: string }[],
): readonly AuditFinding[] => {
  const named = new Set(lines.map(nameOf));
  return installed
    .filter(({ name }) => !named.has(normalizeName(name)))
    .map(({ name, version }) => ({
      kind: 'not-listed',
      subject: `${name}==${version}`,
      file: null,
      line: null,
    }));
};

const WORDS: Readonly<Record<FindingKind, string>> = {
  'not-pinned': 'is not pinned to one version',
  'not-hashed': 'has no hash',
  'from-git': 'comes from a repository, so no hash is checked',
  'from-url': 'comes from a URL and not from an index',
  local: 'comes from this machine',
  'unexpected-index': 'is an index that is not expected',
  'remote-include': 'is a remote file, and may be different tomorrow',
  'not-listed': 'was installed although no line names it: it is a dependency that is not locked',
};

/** One finding as text. */
export const showFinding = ({ kind, subject, file, line }: AuditFinding): string =>
  `${file === null ? '' : `${file}${line === null ? '' : `:${line}`}: `}${subject} ${WORDS[kind]}`;
