import { credentialNames, variablesOfIndex } from '../../variables/index-credentials';
import type { LockedPackage } from '../../locks/locked/locked-set';
import type { ProjectIndex } from '../../locks/locked/project-indexes';
import { lineOfString } from '../../packaging/project/toml-lines';
import type { ProjectDeclaration, ProjectFile } from '../../model/source-snapshot';
import type { IndexSettingError } from '../../errors/lock-setting-error';
import { inWords } from '../../errors/lock-setting-error';
import { pdmTomlIndexes } from '../other-tools/pdm-toml';

type Declaration = Pick<ProjectDeclaration, 'kind' | 'source' | 'manifest' | 'root' | 'settings'>;

/** The first place of a string. The search goes from the root of a workspace over the manifest to the lock. */
const placeOf = (
  { source, manifest, root }: Declaration,
  value: string,
): Pick<IndexSettingError, 'file' | 'line'> => {
  const files = [root, manifest, source].filter((file): file is ProjectFile => file != null);
  const { file, text } = files.find((each) => each.text.includes(value)) ?? source;
  return { file, line: lineOfString(text, value, 1) };
};

/** Says how a lock's tool gets a user name and a password that are in no file. */
const passwordAdvice = (kind: ProjectDeclaration['kind'], name: string | null): string => {
  if (kind === 'pdm' || kind === 'pipenv')
    return `Write variables in the URL, such as \`https://\${USER}:\${PASSWORD}@host\`, set them, and run \`${kind} lock\`, or use a netrc file`;
  const variables = name === null ? undefined : variablesOfIndex(kind, name);
  return variables === undefined
    ? 'Take it out of the URL, and use a netrc file, or give the index a `name` in [[tool.uv.index]] and set the variables of that name'
    : `Take it out of the URL, and set ${credentialNames(variables).join(' and ')}, or use a netrc file`;
};

const passwordProblem = (
  declaration: Declaration,
  { name, url }: ProjectIndex,
  secret: string,
): IndexSettingError => ({
  _tag: 'IndexSettingNotFollowed',
  ...placeOf(declaration, secret),
  setting: `a user name or password of the index ${url ?? ''}`,
  problem: 'it would be in plans, and so in the output of `cdk synth`',
  advice: passwordAdvice(declaration.kind, name),
});

const isOfMachine = (url: string): boolean => !/^https?:/i.test(url);

const linksProblems = (
  declaration: Declaration,
  packages: readonly LockedPackage[],
): readonly IndexSettingError[] => {
  const namesOf = new Map<string, readonly string[]>();
  for (const { name, source } of packages)
    for (const url of source._tag === 'Index' ? (source.links ?? []).filter(isOfMachine) : [])
      namesOf.set(url, [...(namesOf.get(url) ?? []), name]);
  return [...namesOf].map(([url, names]) => ({
    _tag: 'IndexSettingNotFollowed',
    ...placeOf(declaration, url),
    setting: `the source ${url} of the type find_links`,
    problem: `PDM may take ${inWords(names)} from this folder or file, but this library only follows find_links sources that are pages with https:// or http://`,
    advice:
      'Serve it from a web server, or name its files as dependencies, such as `"lib @ file:///${PROJECT_ROOT}/wheels/lib-1.0-py3-none-any.whl"`. If these packages do not come from it, set its `include_packages` to those that do and its `exclude_packages` to ["*"]. Then run `pdm lock`',
  }));
};

/**
 * Reports index settings of a project that its lock uses and that an install cannot follow.
 *
 * @param asked - The lines of the generated files that name indexes
 */
export const indexProblems = (
  declaration: Declaration,
  project: readonly ProjectIndex[],
  packages: readonly LockedPackage[],
  asked: readonly string[],
): readonly IndexSettingError[] => {
  const isAsked = ({ url }: ProjectIndex): boolean => asked.some((line) => line.endsWith(` ${url}`));
  return [
    ...project
      .filter(isAsked)
      .flatMap((index) =>
        index.secret === undefined ? [] : [passwordProblem(declaration, index, index.secret)],
      ),
    ...linksProblems(declaration, packages),
    ...(declaration.kind === 'pdm' ? pdmTomlIndexes(declaration, packages) : []),
  ];
};
