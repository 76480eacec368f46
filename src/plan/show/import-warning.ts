import type { BundlePlan } from '../model/bundle-plan';
import type { ChosenBy } from '../packaging/project/group-or-extra-of';
import { platformAdvice, platformOf } from '../target/platform-modules';
import { standardVersions } from '../target/standard-library';
import { distributionOf, modulesOf } from '../imports/distribution-of';
import type { MissingImport } from '../imports/find-missing';
import { keptOutAdvice, unreadAdvice } from './kept-out-advice';
import type { KeepingOut, LeavesOut, OptionWords } from './option-words';

/**
 * The id for acknowledging the warning about imports that are not found.
 *
 * @since 0.1.0
 */
export const IMPORT_NOT_FOUND = 'cdk-lambda-python:importNotFound';

/** Facts about a missing import, from the disk and from the function's layers. */
export interface ImportFacts extends MissingImport {
  /** The place of a module with this name among the user's files outside of the bundle. @default - none */
  readonly leftOut?: string;
  /** The `entry` and `index` with which the module is found. @default - no folder above has it */
  readonly asEntry?: { readonly entry: string; readonly index: string };
  /** The handler string that finds the handler's module further down in the bundle. @default - it is not there */
  readonly asHandler?: string;
  /** Its place in a project's folder of packages, and its place in the bundle. @default - none */
  readonly asIncluded?: { readonly from: string; readonly to: string };
  /** A declaration in a folder above that names the distribution. @default - none */
  readonly declaredIn?: string;
  /** The value of `dependencies.from` for that declaration. */
  readonly declaredFrom?: string;
  /**
   * The value of `dependencies.from`, if it keeps out all declarations or those further up. @default - keeps none out
   */
  readonly keptOutBy?: KeepingOut;
  /** A file beside the entry that names the distribution but is not a declaration. @default - none */
  readonly unreadIn?: string;
  /** The group or extra of the declaration with the distribution. @default - it needs none */
  readonly chosenBy?: ChosenBy;
  /** Whether the function already installs from the same project and only lacks the group or extra. @default false */
  readonly isInstalledFrom?: true;
  /** The entry's project, if it is a member of the uv workspace of {@link declaredIn}. @default - none */
  readonly memberOf?: { readonly member: string; readonly isLocked: boolean };
  /** The user's own folder or file that lacks the submodule. @default - the name does not begin with one */
  readonly ownParent?: string;
  /** A declared distribution with a similar name. @default - none */
  readonly near?: string;
  /** The user's own module whose name differs only in case or in `-`. @default - none */
  readonly nearModule?: string;
  /**
   * The declaration in use that names the distribution, and the reason why it is left out. @default - nothing leaves it
   * out
   */
  readonly leavesOut?: { readonly declaration: string; readonly by: LeavesOut };
  /**
   * The file in which to add a distribution, if the importing file is in a layer. @default - the function's declaration
   */
  readonly layerDeclaration?: string;
}

/** The subject of an import warning. */
export interface ImportWarning {
  /** Major and minor version of Python. */
  readonly python: string;
  readonly missing: readonly ImportFacts[];
  /** The file in which to add a distribution; null if nothing is declared. */
  readonly declaration: string | null;
  /** Whether the function has layers that this library does not make. */
  readonly hasOtherLayers: boolean;
  /** Construct paths of other functions with the same missing imports. */
  readonly others: readonly string[];
  readonly words: OptionWords;
}

/** The warning about imports of a function that are not found. */
export const importWarning = (
  { runtime, install }: Pick<BundlePlan, 'runtime' | 'install'>,
  missing: readonly ImportFacts[],
  beside: Pick<ImportWarning, 'hasOtherLayers' | 'words'>,
): ImportWarning => ({
  ...beside,
  python: runtime.python,
  missing,
  declaration: install?.declaration ?? null,
  others: [],
});

/**
 * The text of a warning about imports that are not found.
 *
 * @param show returns a path as a user would type it in the current folder
 */
export const showImportWarning = (
  { python, missing, declaration, hasOtherLayers, others, words }: ImportWarning,
  show: (file: string) => string,
): string => {
  const lines = missing.map(
    (one) => `  ${importOf(one, show)}. ${adviceOn(one, { declaration, words, show })}`,
  );
  const found = missing.length === 1 ? 'One import was' : `${missing.length} imports were`;
  return [
    `${found} not found in the bundle, in layers that this library makes, or in Lambda's runtime for Python ${python}:`,
    ...lines,
    ...(hasOtherLayers
      ? [
          'Other layers, such as layers by ARN, are not searched. If one of them has the module, acknowledge this warning.',
        ]
      : []),
    ...(others.length === 0 ? [] : ['The same holds for:', ...others.map((path) => `  ${path}`)]),
  ].join('\n');
};

const importOf = ({ file, line, name, handler }: MissingImport, show: (path: string) => string): string =>
  handler === undefined
    ? `${show(file)}:${line} imports ${name.endsWith('.') ? `from \`${name}\`` : name}`
    : `The handler ${handler} is in ${name}`;

interface Advised extends Pick<ImportWarning, 'declaration' | 'words'> {
  readonly show: (path: string) => string;
}

/** No import statement can have a name with `-`. */
const nearAdvice = (name: string, file: string, show: (path: string) => string): string => {
  const own = file.replace(/^.*\//, '').replace(/\.py$/, '');
  return own.includes('-')
    ? `${show(file)} is your own module, but no import can name it. Rename it to ${name}.`
    : `${show(file)} is your own module: import ${own}.`;
};

const CHOICES = { groups: 'group', extras: 'extra' } as const;

const adviceOn = (
  {
    name,
    leftOut,
    asEntry,
    asHandler,
    asIncluded,
    declaredIn,
    declaredFrom = '',
    file,
    ownParent,
    near,
    layerDeclaration,
    memberOf,
    chosenBy,
    isInstalledFrom,
    keptOutBy,
    unreadIn,
    leavesOut,
    nearModule,
  }: ImportFacts,
  { declaration: ofFunction, words, show }: Advised,
): string => {
  if (asIncluded !== undefined) return `It is found ${words.include(show(asIncluded.from), asIncluded.to)}.`;
  if (asHandler !== undefined) return `In the bundle it lies further down, so ${words.handler(asHandler)}.`;
  if (asEntry !== undefined)
    return `It is found ${words.beginAt(show(asEntry.entry) || '.', asEntry.index)}.`;
  if (name.startsWith('.')) {
    return `A relative import needs a package that has the file: ${words.beginAbove}, or import by its name the module beside ${show(file)}.`;
  }
  if (leftOut !== undefined)
    return `${show(leftOut)} exists, but it is not in the bundle: ${words.leftOutBy}.`;
  const platform = platformOf(name);
  if (platform !== undefined) return platformAdvice(platform);
  const { since, until } = standardVersions(name) ?? {};
  if (until !== undefined) {
    return `It was in Python's standard library until 3.${until}. Choose an older ${words.runtime}, or install a package that replaces it.`;
  }
  if (since !== undefined)
    return `It is in Python's standard library since 3.${since}. Choose a newer ${words.runtime}.`;
  const distribution = distributionOf(name);
  const modules = distribution === undefined ? modulesOf(name) : [];
  if (modules.length > 0)
    return `That is the name of the distribution. It is imported as ${modules.join(' or ')}.`;
  if (nearModule !== undefined) return nearAdvice(name, nearModule, show);
  if (leavesOut !== undefined)
    return `${show(leavesOut.declaration)} has ${distribution ?? name}, but ${words.leavesOut(leavesOut.by)} leaves it out.`;
  const wanted = distribution ?? name;
  const choice = chosenBy === undefined ? [] : [words.choice(chosenBy)];
  if (
    ownParent === undefined &&
    (keptOutBy === 'none' || (keptOutBy !== undefined && declaredIn !== undefined))
  ) {
    const asked = [words.declaration(declaredFrom), ...choice].join(' and ');
    return keptOutAdvice(
      wanted,
      keptOutBy,
      words,
      declaredIn === undefined ? undefined : { file: show(declaredIn), asked },
    );
  }
  const declaration = layerDeclaration ?? ofFunction;
  const target =
    declaration !== null
      ? show(declaration)
      : isInstalledFrom === true && declaredIn !== undefined
        ? show(declaredIn)
        : 'a requirements.txt beside the entry';
  if (ownParent !== undefined && distribution === undefined)
    return `${show(ownParent)} is your own, but has no such module. Fix the name, or add the file.`;
  if (unreadIn !== undefined && declaredIn === undefined) return unreadAdvice(wanted, unreadIn, show);
  if (near !== undefined && declaredIn === undefined)
    return `Perhaps you mean ${near}, which ${target} has. Otherwise add the distribution that provides ${name}.`;
  if (declaredIn !== undefined && memberOf !== undefined) {
    const member = show(memberOf.member);
    const lacks = memberOf.isLocked ? '' : ', which has no uv.lock';
    return `${member} is a member of the uv workspace of ${show(declaredIn)}${lacks}: only the member's own dependencies are installed. Add ${distribution ?? name} to ${member}, and run \`uv lock\` in the folder of ${show(declaredIn)}.`;
  }
  if (declaredIn !== undefined) {
    const asked = [...(isInstalledFrom === true ? [] : [words.declaration(declaredFrom)]), ...choice].join(
      ' and ',
    );
    const where = chosenBy === undefined ? '' : ` in the ${CHOICES[chosenBy.option]} ${chosenBy.name}`;
    return `${show(declaredIn)} has ${distribution ?? name}${where}: ${asked}, or add ${distribution ?? name} to ${target}.`;
  }
  return distribution === undefined
    ? `Add the distribution that provides it to ${target}.`
    : `${distribution} provides it: add that to ${target}.`;
};
