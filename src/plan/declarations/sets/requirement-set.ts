import * as path from 'node:path';
import type { Either } from 'fp-ts/Either';
import { isLeft } from 'fp-ts/Either';
import type { DependencyRequest } from '../../request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../request/bundle-request';
import type { ConfigSettings } from '../../target/config-setting';
import { configSettings } from '../local-packages/config-settings';
import { credentialVariables } from '../local-packages/credential-variables';
import { nameFurtherIndexes } from './further-indexes';
import { unpinned } from '../local-packages/followed-errors';
import { coversSources, followedLine } from '../local-packages/followed-packages';
import { followedOf } from '../local-packages/named-locals';
import { gatheredLayout } from '../local-packages/gathered-layout';
import { gitOf } from '../local-packages/git-of';
import { indexLines } from '../lines/index-lines';
import type { MustBuild } from '../lines/must-build';
import { builtLines } from '../lines/must-build';
import { installInputs } from '../local-packages/install-inputs';
import type { GitMetadata } from '../../model/git-metadata';
import type { GeneratedFile, InstallInput } from '../../model/install-plan';
import type { IndexCredentials } from '../../variables/index-credentials';
import { isRemote } from '../../packaging/local/local-reference';
import { normalizeName } from '../../packaging/requirement/package-name';
import { nameInUrl } from '../../packaging/requirement/name-in-url';
import type { Requirement } from '../../packaging/requirement/requirement';
import { parseRequirement } from '../../packaging/requirement/requirement';
import type { PlanError } from '../../errors/plan-error';
import type { PlanWarning } from '../../errors/plan-warning';
import { standaloneOptions } from '../lines/line-options';
import { alwaysInstalls, asksForPackage, placedLines, requestedLines } from '../lines/requested-lines';
import { gitWarnings, remoteIncludes } from '../line-checks/requirements-check';
import { withoutOptions } from '../lines/without-options';
import type { Pinned } from '../../model/pinned';
import { pinnedNames } from './pinned-names';
import { prereleaseNames } from '../lines/prerelease-names';
import { applyEdits, asPath } from '../local-packages/requirements-edits';
import type { RequirementsLine } from '../lines/requirements-file';
import type { RequirementsSnapshot } from '../../model/source-snapshot';
import type { UvSettings } from '../../model/uv-settings';
import { notPinned, openLines, toldLines, unfixedLines } from '../line-checks/unpinned-lines';
import { variablesIn } from '../lines/requirement-variables';
import { WITHOUT_SOURCES } from '../local-packages/without-sources';

/** The set of requirements that an installer gets from any declaration: files that lie together in one folder. */
export interface RequirementSet {
  /** Absolute path of the declaration; null if there is none. */
  readonly declaration: string | null;
  readonly inputs: readonly InstallInput[];
  readonly generated: readonly GeneratedFile[];
  /** The folder in which the installer runs, as a path in that folder. */
  readonly workingDirectory: string;
  /** Requirements files, relative to the working directory. */
  readonly requirements: readonly string[];
  /**
   * The same files, grouped by runs of the installer, so that each package comes from its own index. @default - all in
   * one
   */
  readonly runs?: readonly (readonly string[])[];
  /** The variables with user names and passwords for the indexes of a lock. @default - none */
  readonly credentials?: readonly IndexCredentials[];
  /** Whether a lock also asks further indexes of the machine. @default false */
  readonly furtherIndexes?: true;
  /** Whether the set is a complete lock, for which nothing is resolved. */
  readonly isLocked: boolean;
  /** Whether a declared hash covers every installed file, and nothing declared is built. */
  readonly isHashed: boolean;
  /** Whether each requirement has one hash, so that no index decides between several files. */
  readonly isExact: boolean;
  /** Whether the install may be empty, because every requirement has a marker. */
  readonly mayBeEmpty: boolean;
  /** Distribution names of local packages. */
  readonly localPackages: readonly string[];
  /**
   * The declared requirements that must be built on the target, because they are not wheels. Files of an index are
   * unknown.
   */
  readonly builds: readonly MustBuild[];
  /** Whether a build may be necessary: it is declared, or not every package is known to have a wheel for the target. */
  readonly mayBuild: boolean;
  /** Normalized names of the distributions that are requested by name. */
  readonly requested: readonly string[];
  /** The repositories from which local packages take their version. @default - none */
  readonly git?: readonly GitMetadata[];
  /** The only distributions that may be installed. @default - any */
  readonly pinned?: Pinned;
  /** The `[tool.uv]` settings for the install. @default - none */
  readonly uv?: UvSettings;
  /** Whether the requirements name further indexes, whose order counts. @default false */
  readonly isOrdered?: true;
  /** Files whose hashes decide which of several indexes they come from. @default - none */
  readonly hashesDecide?: readonly string[];
  /** `true` if a line has `--pre`, otherwise the packages whose lines name a pre-release. @default - none */
  readonly prerelease?: true | readonly string[];
  /** The settings that lines pass to builds. @default - none */
  readonly configSettings?: readonly ConfigSettings[];
  /** Warnings for the user. */
  readonly warnings: readonly PlanWarning[];
  /** Names of variables that the requirements mention. */
  readonly environment: readonly string[];
}

/** The requirement set, null if nothing is installed, or all errors of the declaration. */
export type SetOrErrors = Either<readonly PlanError[], RequirementSet | null>;

/** The file that stands before the user's file if options name the indexes. */
const WITH_INDEXES = 'requirements-with-indexes.txt';

/**
 * The requirement set of a requirements file; null if the file asks for nothing.
 *
 * @param markers the marker variables of the target; with `null`, every marker holds
 */
export const requirementsFileSet = (
  requirements: RequirementsSnapshot,
  dependencies: Pick<
    DependencyRequest,
    'index' | 'extraIndexes' | 'resolvedAsOf' | 'requirePinned'
  > = DEFAULT_DEPENDENCIES,
  markers: Readonly<Record<string, string>> | null = null,
): RequirementSet | null => {
  const lines = requestedLines(requirements);
  if (!lines.some(asksForPackage)) return null;
  const { inputs, workingDirectory } = installInputs(requirements);
  const { localPackages } = requirements;
  const file = path.basename(requirements.texts[0].file);
  const followed = followedOf(requirements);
  const more = [...followedLines(requirements), ...followed.fetched.map((need) => need.text)];
  const remote = remoteIncludes(requirements);
  const indexes = indexLines(dependencies);
  const text = [...indexes, `-r ${file}`, ...more, ''].join('\n');
  const texts = [text, ...requirements.texts.map((included) => included.text)];
  const leavesSources = coversSources(localPackages);
  const isHashed = followed.fetched.length === 0 && isAllHashed(requirements);
  const isAlone = indexes.length + more.length === 0 && !leavesSources;
  const name = leavesSources ? WITHOUT_SOURCES : WITH_INDEXES;
  return {
    declaration: requirements.texts[0].file,
    inputs,
    ...gitOf(localPackages, gatheredLayout(requirements).place),
    workingDirectory,
    generated: isAlone ? [] : [{ path: path.posix.join(workingDirectory, name), text }],
    requirements: [isAlone ? file : name],
    isLocked: false,
    isHashed,
    isExact: requestedLines(requirements).every(({ text }) => hashesIn(text) <= 1),
    mayBeEmpty: !lines.some(alwaysInstalls),
    localPackages: localPackages.flatMap(({ name }) => name ?? []),
    builds: builtLines(requirements, markers),
    mayBuild: true,
    requested: lines.flatMap(requestedName),
    ...(isHashed ? {} : pinnedNames(requirements, dependencies, markers)),
    ...(isHashed || !nameFurtherIndexes(texts) ? {} : { isOrdered: true as const }),
    ...prereleasesOf(requirements),
    ...configSettings(requirements, markers),
    environment: [...variablesIn(texts), ...credentialVariables(inputs, textsOf(requirements))],
    warnings: [
      ...remote,
      ...gitWarnings(requirements),
      ...unpinned(followed.fetched),
      ...notPinned(
        requirements.texts[0].file,
        toldLines(openLines(unfixedLines(requirements, markers), dependencies)),
        dependencies,
      ),
    ],
  };
};

/** The requirement of a line; empty for a URL or an error. */
const requirementIn = (text: string): readonly Requirement[] => {
  const read = parseRequirement(withoutOptions(text));
  return isLeft(read) ? [] : [read.right];
};

const prereleasesOf = (requirements: RequirementsSnapshot): Pick<RequirementSet, 'prerelease'> => {
  const lines = placedLines(requirements).map(({ line }) => line);
  return lines.some((line) => standaloneOptions(line).some(({ known }) => known === '--pre'))
    ? { prerelease: true }
    : prereleaseNames(lines.flatMap((line) => (line._tag === 'Named' ? requirementIn(line.text) : [])));
};

/** Whether every line of a requirements file, and of the files that it includes, asks for one wheel by its hash. */
const isAllHashed = (requirements: RequirementsSnapshot): boolean =>
  requirements.localPackages.length === 0 &&
  !placedLines(requirements).some(({ line }) =>
    standaloneOptions(line).some(({ known }) => known === '--no-binary' || known === '--pre'),
  ) &&
  requestedLines(requirements).every(
    (line) =>
      line._tag === 'FindLinks' ||
      line._tag === 'Option' ||
      (line._tag === 'Named' && isPinned(line.text) && /\s--hash[\s=]/.test(line.text)),
  );

const hashesIn = (text: string): number => text.match(/\s--hash[\s=]/g)?.length ?? 0;

/** Whether a requirement pins one version. */
const isPinned = (text: string): boolean =>
  requirementIn(text).some(({ specifier }) => /^={2,3}\s*[^*,]+$/.test(specifier));

const textsOf = ({ texts }: RequirementsSnapshot) => {
  const known = new Map(texts.map(({ file, text }) => [file, text]));
  return ({ from, edits }: InstallInput): string => applyEdits(known.get(from) ?? '', edits);
};

/** Lines for the local packages that only the sources of others name. */
const followedLines = (requirements: RequirementsSnapshot): readonly string[] => {
  const { locals } = followedOf(requirements);
  if (locals.length === 0) return [];
  const { place, workingDirectory } = gatheredLayout(requirements);
  return locals.map((need) => {
    const seen = path.posix.relative(`/${workingDirectory}`, `/${place(need.path)}`);
    return followedLine(need, asPath(seen === '' ? '.' : seen));
  });
};

/** The name that a line asks for, as far as it is known. A URL may show it only in its fragment or its path. */
const requestedName = (line: RequirementsLine): string | readonly [] => {
  if (line._tag !== 'Named') return [];
  const name = isRemote(line.text)
    ? nameInUrl(line.text)
    : /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)/.exec(line.text)?.[1];
  return name === undefined ? [] : normalizeName(name);
};
