import { standardVersions } from '../standard-library';
import { distributionOf } from './distribution-of';
import type { MissingImport } from './find-missing';

/**
 * The id under which the warning of imports that find nothing can be acknowledged.
 *
 * @since 0.1.0
 */
export const IMPORT_NOT_FOUND = 'cdk-lambda-python:importNotFound';

/** What is known of a missing import beside its name: what lies on the disk, and in the function's layers. */
export interface ImportFacts extends MissingImport {
  /** Where a module of this name lies among the user's files, although it is not in the bundle. @default nowhere */
  readonly leftOut?: string;
  /** How the entry would be given so that the module is found. @default no folder above has it */
  readonly asEntry?: { readonly entry: string; readonly index: string };
  /** A declaration in a folder above that names the distribution. @default none does */
  readonly declaredIn?: string;
  /** How `dependencies.from` names that declaration. */
  readonly declaredFrom?: string;
  /** The user's own folder or file in which a submodule is missing. @default the name does not begin with one */
  readonly ownParent?: string;
  /** A declared distribution whose name is nearly the same. @default none is */
  readonly near?: string;
}

/** What an import warning is about. */
export interface ImportWarning {
  /** Major and minor version of Python. */
  readonly python: string;
  readonly missing: readonly ImportFacts[];
  /** The file to which a distribution is to be added; null where nothing is declared. */
  readonly declaration: string | null;
  /** Whether the function has layers that are not made here. */
  readonly hasOtherLayers: boolean;
  /** Construct paths of other functions with the same missing imports. */
  readonly others: readonly string[];
}

/**
 * The warning about imports that find nothing.
 *
 * @param show writes a path as one types it in the current folder
 */
export const showImportWarning = (
  { python, missing, declaration, hasOtherLayers, others }: ImportWarning,
  show: (file: string) => string,
): string => {
  const lines = missing.map((one) => `  ${importOf(one, show)}. ${adviceOn(one, declaration, show)}`);
  const found = missing.length === 1 ? 'One import was' : `${missing.length} imports were`;
  return [
    `${found} not found in the bundle, in layers that are made here, or in Lambda's runtime for Python ${python}:`,
    ...lines,
    ...(hasOtherLayers
      ? [
          'Layers that are not made by this library, such as layers by ARN, are not looked into. If one has it, acknowledge this warning.',
        ]
      : []),
    ...(others.length === 0 ? [] : ['The same holds for:', ...others.map((path) => `  ${path}`)]),
  ].join('\n');
};

const importOf = ({ file, line, name, handler }: MissingImport, show: (path: string) => string): string =>
  handler === undefined ? `${show(file)}:${line} imports ${name}` : `The handler ${handler} is in ${name}`;

const adviceOn = (
  { name, leftOut, asEntry, declaredIn, declaredFrom = '', file, ownParent, near }: ImportFacts,
  declaration: string | null,
  show: (path: string) => string,
): string => {
  if (asEntry !== undefined) {
    return `It is found if \`entry\` is the folder ${show(asEntry.entry)}, with \`index: '${asEntry.index}'\`.`;
  }
  if (name.startsWith('.')) {
    return `A relative import needs a package that has it: set \`entry\` to the folder above the package, or import the module by its name beside ${show(file)}.`;
  }
  if (leftOut !== undefined) {
    return `${show(leftOut)} is there, but it is not in the bundle: \`bundling.exclude\`, a built-in rule or one of your commands leaves it out.`;
  }
  const { since, until } = standardVersions(name) ?? {};
  if (until !== undefined) {
    return `It was in Python's standard library until 3.${until}. Choose an older \`runtime\`, or install a package that replaces it.`;
  }
  if (since !== undefined)
    return `It is in Python's standard library since 3.${since}. Choose a newer \`runtime\`.`;
  const distribution = distributionOf(name);
  if (ownParent !== undefined && distribution === undefined)
    return `${show(ownParent)} is your own, and has no such module. Correct the name, or add the file.`;
  if (near !== undefined && declaredIn === undefined)
    return `Perhaps ${near} is meant, which ${target(declaration, show)} has. Else add the distribution that provides ${name}.`;
  if (declaredIn !== undefined) {
    return `${show(declaredIn)} has ${distribution ?? name}: set \`dependencies.from\` to "${declaredFrom}", or add ${distribution ?? name} to ${target(declaration, show)}.`;
  }
  return distribution === undefined
    ? `Add the distribution that provides it to ${target(declaration, show)}.`
    : `${distribution} provides it: add that to ${target(declaration, show)}.`;
};

const target = (declaration: string | null, show: (path: string) => string): string =>
  declaration === null ? 'a requirements.txt beside the entry' : show(declaration);
