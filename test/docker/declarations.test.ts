import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { suite } from 'uvu';
import type { ArchitectureName } from '../../src/plan/target/architecture';
import { execute, planOfFile } from '../support/bundle-file';
import type { Column } from '../support/declaration-table';
import { checkTable, Findings } from '../support/declaration-table';
import type { DeclaredBundle } from '../support/declared-bundle';
import { checkDeclaredBundle, DECLARED_HANDLER } from '../support/declared-bundle';
import type { DeclaredProject, TriedPython } from '../support/declared-projects';
import { copyOfProject, DECLARED_PROJECTS, PYTHONS } from '../support/declared-projects';
import { dockerSkipReason } from '../support/docker';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';

const test = suite('declarations in a container');

const findings = new Findings();
const store = temporaryFolder();

type Target = readonly [TriedPython, ArchitectureName];

const imageOf = (python: string): string => `public.ecr.aws/sam/build-python${python}`;

/** Why containers of an architecture cannot be had; an image of the other one would need an emulator. */
const skipReason = ([python, architecture]: Target): string | undefined => {
  const reason = dockerSkipReason(imageOf(python));
  if (reason !== undefined) return reason;
  const { stdout } = spawnSync(
    process.env.CDK_DOCKER ?? 'docker',
    [
      ...[
        'run',
        '--rm',
        '--pull',
        'never',
        '--platform',
        `linux/${architecture === 'arm64' ? 'arm64' : 'amd64'}`,
      ],
      ...['--entrypoint', 'uname', imageOf(python), '-m'],
    ],
    { encoding: 'utf8', timeout: 60_000 },
  );
  const machine = architecture === 'arm64' ? 'aarch64' : 'x86_64';
  return stdout.trim() === machine ? undefined : `no ${machine} container of ${imageOf(python)} runs here`;
};

const TARGETS = PYTHONS.flatMap((python): readonly Target[] => [
  [python, 'x86_64'],
  [python, 'arm64'],
]);

let known: ReadonlyMap<Target, string | undefined> | undefined;

/** The targets that can be tried here; those that cannot are told once. */
const targetsHere = (): readonly Target[] => {
  known ??= new Map(TARGETS.map((target) => [target, skipReason(target)] as const));
  return TARGETS.filter((target) => known?.get(target) === undefined);
};

const bundleOf = (
  project: DeclaredProject,
  root: string,
  [python, architecture]: Target,
): DeclaredBundle => ({
  project,
  root,
  python,
  architecture,
  plan: planOfFile(path.join(root, project.entry), {
    runtime: python,
    architecture,
    executor: 'docker',
    dependencies: project.dependencies ?? {},
    outputDirectory: temporaryFolder(),
  }),
});

const columnOf = (architecture: ArchitectureName): Column => `Docker, ${architecture}`;

for (const project of DECLARED_PROJECTS) {
  test(`${project.folder}: as it says, for each Python`, async () => {
    const targets = project.hostOnly === true ? [] : targetsHere();
    for (const [python, architecture] of TARGETS) {
      findings.add(project.title, columnOf(architecture), python, false);
      findings.add(project.title, 'called, from Docker', python, false);
    }
    if (targets.length === 0) return;
    const root = copyOfProject(project, DECLARED_HANDLER);
    const bundles = targets.map((target) => bundleOf(project, root, target));
    const reports = await execute(
      bundles.map(({ plan }) => plan),
      { ...environmentWith({ docker: true }), CDK_LAMBDA_PYTHON_CACHE: store },
    );
    const tried = bundles.map(async (bundle, index) => {
      const isCalled = await checkDeclaredBundle(bundle, reports[index]);
      findings.add(project.title, columnOf(bundle.architecture), bundle.python, true);
      if (isCalled) findings.add(project.title, 'called, from Docker', bundle.python, true);
    });
    await Promise.all(tried);
  });
}

test('the documentation says the same', async () => {
  targetsHere();
  for (const [[, architecture], reason] of known ?? []) {
    // A machine is not expected to emulate another one; the table says so.
    const isOwn = architecture === (process.arch === 'arm64' ? 'arm64' : 'x86_64');
    if (reason !== undefined) console.log(`${isOwn ? 'SKIPPED' : 'not run'}: ${reason}`);
  }
  await checkTable(['Docker, x86_64', 'Docker, arm64', 'called, from Docker'], findings);
});

test.run();
