import * as path from 'node:path';
import { lineTarget } from '../../plan/declarations/lines/line-target';
import { readRequirements } from '../../plan/declarations/lines/requirements-file';
import { CONTAINER_FOLDERS } from '../../plan/install/docker-argv';
import type { InstallPlan } from '../../plan/model/install-plan';
import { localPackageName, PACKAGE_METADATA_FILES } from '../../plan/packaging/local/local-package';
import { normalizeName } from '../../plan/packaging/requirement/package-name';
import { decodedUrl } from '../../plan/values/decoded-url';
import { textOf } from '../files/requirement-texts';

const isMetadata = (name: string): boolean => (PACKAGE_METADATA_FILES as readonly string[]).includes(name);

type Install = Pick<InstallPlan, 'declaration' | 'inputs'>;

/** A local package as the user names it, and the file and line of the declaration that require it. */
export interface LocalLine {
  readonly requirement: string;
  readonly declaration: string;
}

/** The user's own absolute path for a folder of the gathered inputs; undefined without a gathered file in it. */
const placeOf = ({ inputs }: Install, folder: string): string | undefined => {
  const within = folder === '' ? '' : `${folder}/`;
  const input = inputs.find(
    ({ path: file, from }) => file.startsWith(within) && from.endsWith(`/${file.slice(within.length)}`),
  );
  return input?.from.slice(0, -(input.path.length - within.length) - 1);
};

/** The declaration, and the requirements files that it includes. */
export const declarationFiles = ({ declaration, inputs }: Install): readonly string[] => {
  const texts = inputs.filter(({ path: file }) => file.endsWith('.txt')).map(({ from }) => from);
  return [...new Set([...(declaration === null ? [] : [declaration]), ...texts])];
};

/** The local package in a folder of the gathered inputs, as the user names it. */
export const localLine = (install: Install, folder: string): LocalLine | undefined => {
  const { declaration } = install;
  const place = placeOf(install, folder);
  if (declaration === null || place === undefined) return undefined;
  const home = path.dirname(declaration);
  for (const file of declarationFiles(install).filter((one) => one.endsWith('.txt'))) {
    for (const line of readRequirements(textOf(file)))
      if (line._tag === 'LocalPackage' && lineTarget(line, file, home) === place)
        return { requirement: line.target, declaration: `${file}:${line.at.from}` };
  }
  return { requirement: path.relative(home, place) || '.', declaration };
};

/** The path of the gathered inputs for installers: in a temporary folder of a run, or in a container. */
const GATHERED = new RegExp(
  `(?:file://)?(?:/[^\\s'"\`]*/\\d+-[0-9a-f]{8}-\\w+/input|${CONTAINER_FOLDERS.input})(?![\\w.-])`,
  'g',
);

/** The folder within the gathered inputs for an installer's path or URL. */
const gatheredFolder = (text: string): string | undefined => {
  const decoded = decodedUrl(text);
  const [found] = decoded.match(GATHERED) ?? [];
  return found === undefined || !decoded.startsWith(found)
    ? undefined
    : decoded.slice(found.length).replace(/^\/|\/$/g, '');
};

/** The folders of local packages in the gathered inputs, each with the package's normalized name. */
const namedFolders = ({ inputs }: Install): readonly { readonly name: string; readonly folder: string }[] => {
  const metadata = inputs.filter(({ path: file }) => isMetadata(path.posix.basename(file)));
  return [...new Set(metadata.map(({ path: file }) => path.posix.dirname(file)))].flatMap((folder) => {
    const texts = metadata
      .filter(({ path: file }) => path.posix.dirname(file) === folder)
      .map(({ path: file, from }) => [path.posix.basename(file), textOf(from)]);
    const found = localPackageName(Object.fromEntries(texts) as Readonly<Record<string, string>>);
    return found === null ? [] : { name: normalizeName(found), folder: folder === '.' ? '' : folder };
  });
};

/** The local packages, each with its normalized name and the line that requires it. */
export const namedLocals = (install: Install): readonly (LocalLine & { readonly name: string })[] =>
  namedFolders(install).flatMap(({ name, folder }) => {
    const line = localLine(install, folder);
    return line === undefined ? [] : { name, ...line };
  });

/** The place that requires the local package with a name; undefined without such a package. */
export const localLineOfName = (install: Install, name: string): string | undefined =>
  namedLocals(install).find((each) => each.name === normalizeName(name))?.declaration;

/** The local package that an installer names by a path of its run, as the user names it. */
export const localLineOf = (install: Install, requirement: string): LocalLine | undefined => {
  const folder = gatheredFolder(requirement.replace(/^[\w.-]+(?:\[[^\]]*\])? @ /, ''));
  return folder === undefined ? undefined : localLine(install, folder);
};

/** A text with the user's own paths in place of the paths of a run. */
export const withOwnPaths = (install: Install, text: string): string => {
  const root = placeOf(install, '');
  return root === undefined ? text : text.replace(GATHERED, root);
};
