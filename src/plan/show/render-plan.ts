import type { BundlePlan } from '../model/bundle-plan';
import type { ContainerTask } from '../install/container-install';
import { CONTAINER_SCRIPT } from '../install/container-install';
import type { InstallPlan } from '../model/install-plan';
import { hasOtherTargets } from '../target/other-targets';
import { showPlanWarning } from '../errors/plan-warning';
import { sourcePlace } from '../model/source-place';

/** The maximum number of source files in the list. */
const LISTED = 20;

/** The maximum number of the installer's inputs in the list. */
const LISTED_INPUTS = 5;

const size = (bytes: number): string =>
  bytes < 1024
    ? `${bytes} B`
    : bytes < 1024 * 1024
      ? `${(bytes / 1024).toFixed(1)} kB`
      : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

const row = (name: string, value: string): string => `${name.padEnd(14)}${value}`;

/** An argument in shell syntax. It is only for reading; no shell runs it. */
const shown = (argument: string): string =>
  /^[\w@%+=:,./{}-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;

/** Shows only the first of many repeated options, such as pip's manylinux tags and a container's variables. */
const shortened = (argv: readonly string[], option: string): readonly string[] => {
  const first = argv.indexOf(option);
  const count = argv.filter((argument) => argument === option).length;
  return count < 3
    ? argv
    : [
        ...argv.slice(0, first + 2),
        `(… ${count - 1} more ${option})`,
        ...argv.slice(argv.lastIndexOf(option) + 2),
      ];
};

const command = (argv: readonly string[]): string =>
  ['--platform', '--env']
    .reduce(shortened, argv)
    .map((argument) => (argument.startsWith('(…') ? argument : shown(argument)))
    .join(' ');

const inputNames = (inputs: InstallPlan['inputs']): string => {
  const names = inputs.map(({ path }) => path);
  return names.length > LISTED_INPUTS
    ? `${names.slice(0, LISTED_INPUTS).join(', ')} and ${names.length - LISTED_INPUTS} more`
    : names.join(', ');
};

const installLines = ({ executor, inputs, host, docker, leftOut, hooks }: InstallPlan): readonly string[] => [
  row('dependencies', `by ${executor}, from ${inputs.length === 0 ? 'nothing' : inputNames(inputs)}`),
  ...(['omit', 'exclude'] as const)
    .filter((list) => leftOut[list].length > 0)
    .map((list) => row('  left out', leftOut[list].join(', '))),
  ...hooks.before.map((line) => row('  before', line)),
  ...hooks.after.map((line) => row('  after', line)),
  ...host.tools.flatMap(({ tool, runs }) => runs.map((argv) => row(`  ${tool}`, command(argv)))),
  ...dockerLines(docker),
];

const dockerLines = ({ argv, command: [, , script, task] }: InstallPlan['docker']): readonly string[] => {
  // A command of the user is shown as it is.
  if (script !== CONTAINER_SCRIPT || task === undefined) return [row('  docker', command(argv))];
  const { installers } = JSON.parse(task) as ContainerTask;
  return [
    // The last argument is the task of the script. Its commands are easier to read line by line.
    row('  docker', command([...argv.slice(0, -1), '(…)'])),
    ...installers.flat().map((inIt) => row('    inside', command(inIt))),
  ];
};

/**
 * Renders a plan for people, without a line break at the end.
 *
 * @since 0.1.0
 */
export const renderPlan = (plan: BundlePlan): string => {
  const { entry, handler, runtime, alsoFor, sources, install, bytecode, output, hash, warnings, image } =
    plan;
  const total = sources.reduce((sum, source) => sum + source.size, 0);
  return [
    row(plan.kind, plan.label),
    row('entry', entry.file),
    ...(handler === null ? [] : [row('handler', handler)]),
    row(
      'runtime',
      `${runtime.name} on ${runtime.architecture}, glibc ${runtime.glibc} (from: ${runtime.source})`,
    ),
    ...(hasOtherTargets(alsoFor)
      ? [row('also for', [...alsoFor.runtimes, ...alsoFor.architectures].join(', '))]
      : []),
    row('image', image),
    row(
      'sources',
      `${sources.length} ${sources.length === 1 ? 'file' : 'files'}, ${size(total)}, from ${entry.root}`,
    ),
    ...sources
      .slice(0, LISTED)
      .map(
        (source) =>
          `  ${source.path}${source.from === source.path ? '' : `  (from ${source.folder === undefined ? source.from : sourcePlace(entry, source)})`}`,
      ),
    ...(sources.length > LISTED ? [`  … and ${sources.length - LISTED} more`] : []),
    ...(install === null ? [row('dependencies', 'none')] : installLines(install)),
    ...(plan.dependenciesIn === 'layer' && install !== null ? [row('', 'in a layer of their own')] : []),
    row(
      'bytecode',
      bytecode === null
        ? 'none'
        : `${bytecode.tag}${bytecode.mode === 'auto' ? ', if such a Python is available' : ''}`,
    ),
    row('output', output.path),
    ...(output.prefix === '.' ? [] : [row('prefix', output.prefix)]),
    ...(output.sbom ? [row('sbom', 'CycloneDX, beside the output')] : []),
    row('asset hash', hash.asset),
    ...warnings.map((warning) => row('warning', showPlanWarning(warning))),
  ].join('\n');
};
