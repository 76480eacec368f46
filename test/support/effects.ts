import * as path from 'node:path';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { HostTool } from '../../src/plan/model/host-plan';
import type { DockerInstall, InstallPlan } from '../../src/plan/model/install-plan';
import { containerArguments, csvFields } from './container-arguments';

const CONTAINER_FOLDERS = ['input', 'output', 'bytecode', 'tools', 'cache'];

/** Whether a path stays in a folder that it is joined to, on either kind of system. */
const staysIn = (relative: string): boolean =>
  [path.posix, path.win32].every(({ join, relative: seenFrom, isAbsolute }) => {
    const base = join('/', 'base', 'folder');
    const seen = seenFrom(base, join(base, relative));
    return !relative.includes('\0') && !/^\.\.([/\\]|$)/.test(seen) && !isAbsolute(seen);
  });

const pathsOf = ({ sources, output, install, entry }: BundlePlan): readonly string[] => [
  ...sources.flatMap((source) => [source.from, source.path]),
  output.prefix,
  ...(entry.path === null ? [] : [entry.path]),
  ...(install === null
    ? []
    : [
        install.workingDirectory,
        ...[...install.inputs, ...install.generated].map((file) => file.path),
        ...install.requirements.map((file) => path.posix.join(install.workingDirectory, file)),
      ]),
];

/** The lines that pip sees: Python ends one at more characters than most. */
const pythonLines = (text: string): readonly string[] =>
  text.split(/\r\n|[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]/).filter((line) => line.trim() !== '');

const WORD = '(?:"[^"]*"|\'[^\']*\'|[^\\s"\']+)';
const INDEX = /^--(extra-)?index-url \S+$/;
const NAMED = /^[A-Za-z0-9][\w.-]*/;
const FILE = new RegExp(`^(?:-r|-c|--find-links|--requirement|--constraint)[ =]?(${WORD})$`);

/** Whether a line of a generated file is a requirement, an index or a path among the inputs. */
const isHarmless = (line: string, folder: string): boolean => {
  if (INDEX.test(line)) return true;
  const named = FILE.exec(line)?.[1]?.replace(/^["']|["']$/g, '');
  const target = named ?? (/^([./\\]|[^-\w]\S*\/)/.test(line) ? line.replace(/\s.*/, '') : undefined);
  if (target === undefined) return NAMED.test(line) && !/^\S+\s*@\s*[./$\\]/.test(line);
  return !/^[/\\]|:|\$\{/.test(target) && staysIn(path.posix.join(folder, target));
};

const hostErrors = ({ runs }: HostTool): readonly string[] =>
  runs.flatMap((argv) =>
    argv.flatMap((argument, index) =>
      index > 0 &&
      argv[index - 1] === '--requirement' &&
      (/^-|^[a-z]+:/i.test(argument) || !staysIn(argument))
        ? [`a requirements file that is an option, a URL or elsewhere: ${argument}`]
        : [],
    ),
  );

const mountErrors = (docker: DockerInstall): readonly string[] => {
  const { options, image, command } = containerArguments(docker.argv);
  const mounts = (options['--mount'] ?? []).map(csvFields);
  const expected = docker.mounts.map(({ source, target, readOnly }) => [
    `type=${CONTAINER_FOLDERS.includes(source) && docker.fileAccess === 'copy' ? 'volume' : 'bind'}`,
    `source=${CONTAINER_FOLDERS.includes(source) ? `{${source}}` : source}`,
    `target=${target}`,
    ...(readOnly ? ['readonly'] : []),
  ]);
  const own = docker.mounts.slice(0, CONTAINER_FOLDERS.length).map(({ source }) => source);
  const others = docker.mounts.slice(CONTAINER_FOLDERS.length);
  return [
    ...(JSON.stringify(mounts) === JSON.stringify(expected)
      ? []
      : [`other mounts: ${JSON.stringify(mounts)}`]),
    ...(JSON.stringify(own) === JSON.stringify(CONTAINER_FOLDERS) ? [] : [`own mounts: ${own.join()}`]),
    ...others
      .filter(
        ({ source, target }) =>
          !/^(\/|[A-Za-z]:[\\/]|\\\\)/.test(source) || /^\/asset-|^\/$|\/\.\.?(\/|$)/.test(target),
      )
      .map(({ source, target }) => `a mount of ${source} at ${target}`),
    ...(image === docker.image ? [] : [`the image ${image}`]),
    ...(command.join('\n') === [...(docker.entrypoint ?? []).slice(1), ...docker.command].join('\n')
      ? []
      : [`the command ${command.join(' ')}`]),
    ...(docker.argv.some((argument) => argument.includes('\0')) ? ['a NUL'] : []),
  ];
};

const installErrors = (install: InstallPlan): readonly string[] => [
  ...install.host.tools.flatMap(hostErrors),
  ...mountErrors(install.docker),
  ...install.generated.flatMap(({ path: file, text }) =>
    pythonLines(text)
      .filter((line) => !isHarmless(line.trim(), path.posix.dirname(file)))
      .map((line) => `a line of its own: ${line}`),
  ),
  ...install.inputs.flatMap(({ path: file, edits }) =>
    edits
      .flatMap(({ text }) => (pythonLines(text).length === 1 ? pythonLines(text) : [text]))
      .filter((line) => !isHarmless(line, path.posix.dirname(file)) || line.endsWith('\\'))
      .map((line) => `an edit of its own: ${line}`),
  ),
];

/**
 * What a plan that was taken for one could do beyond its bundle, read from its paths and arguments by other code than that which
 * made or checked them.
 */
export const effectsBeyond = (plan: BundlePlan): readonly string[] => [
  ...pathsOf(plan)
    .filter((relative) => !staysIn(relative))
    .map((relative) => `a path that leaves its folder: ${relative}`),
  ...(path.isAbsolute(plan.output.path) &&
  /^asset\.[0-9a-f]{64}(\.zip)?$/.test(path.basename(plan.output.path))
    ? []
    : [`an output of another name: ${plan.output.path}`]),
  ...(plan.install === null ? [] : installErrors(plan.install)),
];
