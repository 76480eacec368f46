import { copyFileSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import type { Bundle } from '../assembly';
import { environment } from '../environment';
import type { Project } from '../project';
import { functionFolder } from '../project';
import { findPython, PINS, PYTHON, uvFolder } from '../tools';
import type { Contender, Family } from './contender';
import { downloads } from './contender';

/** Newer C libraries than Lambda's would be wrong, older ones too few wheels: what python3.12 and later run on. */
const PLATFORM = 'x86_64-manylinux_2_34';

const target = (project: Project, id: string): string => path.join(project.folder, 'out', id);

/** The bare installer, a process a function, one after the other: what a shell script would do. */
const raw = (
  family: Family,
  label: string,
  slow: boolean,
  installer: () => readonly string[],
  refusal: Contender['refusal'],
): Contender => ({
  id: family,
  family,
  label,
  synthesizes: false,
  slow,
  options: () => ({ bundling: {} }),
  refusal,
  takesPart: (workload, scenario) =>
    workload.functions.some(({ set }) => set.lines.length > 0) &&
    (scenario === 'cold' || (scenario === 'pristine' && downloads(workload))),
  prepare: () => undefined,
  reset: ({ folder }) => {
    rmSync(path.join(folder, 'out'), { recursive: true, force: true });
  },
  commands: (project) =>
    project.workload.functions.map(({ id }) => ({
      argv: [...installer(), '--target', target(project, id), '--requirement', 'requirements.txt'],
      cwd: functionFolder(project, id),
      environment: environment(),
    })),
  bundles: (project) => new Map(project.workload.functions.map(({ id }) => [id, bundle(project, id)])),
});

/** The installer's tree, and the handler beside it: copied here, outside of what is timed. */
const bundle = (project: Project, id: string): Bundle => {
  const place = target(project, id);
  copyFileSync(path.join(functionFolder(project, id), 'index.py'), path.join(place, 'index.py'));
  return { asset: place, place, handler: 'index.lambda_handler' };
};

/** The fastest way in which uv installs: links into its cache, so that nothing is copied. */
const uvInstall = (): readonly string[] => [
  ...[path.join(uvFolder(), 'uv'), 'pip', 'install', '--quiet', '--only-binary', ':all:'],
  ...['--python-version', PYTHON, '--python-platform', PLATFORM, '--link-mode', 'hardlink'],
];

export const uv = raw('uv', `uv ${PINS.uv}, hard links`, false, uvInstall, () => {
  uvFolder();
  return undefined;
});

/** As it is called by hand, with the Python of the target: with the byte code that pip compiles. */
export const pip = raw(
  'pip',
  'pip',
  true,
  () => [
    findPython(),
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--only-binary',
    ':all:',
  ],
  () => undefined,
);
