import * as path from 'node:path';
import { suite } from 'uvu';
import type { ArchitectureName } from '../../src/plan/target/architecture';
import { execute, planOfFile } from '../support/bundle-file';
import { checkTable, Findings } from '../support/declaration-table';
import type { DeclaredBundle } from '../support/declared-bundle';
import { checkDeclaredBundle, DECLARED_HANDLER } from '../support/declared-bundle';
import type { DeclaredProject, TriedPython } from '../support/declared-projects';
import { copyOfProject, DECLARED_PROJECTS, PYTHONS } from '../support/declared-projects';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';

const test = suite('declarations on this machine');

const findings = new Findings();
const store = temporaryFolder();
/** pip's modules are not to be taken from those that uv has installed: both would have the same key. */
const storeOfPip = temporaryFolder();

type Target = readonly [TriedPython, ArchitectureName];

const UV_TARGETS = PYTHONS.flatMap((python): readonly Target[] => [
  [python, 'x86_64'],
  [python, 'arm64'],
]);

const PIP_TARGETS: readonly Target[] = [['3.11', 'x86_64']];

const bundlesOf = (
  project: DeclaredProject,
  root: string,
  targets: readonly Target[],
): readonly DeclaredBundle[] =>
  targets.map(([python, architecture]) => ({
    project,
    root,
    python,
    architecture,
    plan: planOfFile(path.join(root, project.entry), {
      runtime: python,
      architecture,
      executor: 'host',
      dependencies: project.dependencies ?? {},
      outputDirectory: temporaryFolder(),
    }),
  }));

const tryWith = async (
  tool: 'uv' | 'pip',
  bundles: readonly DeclaredBundle[],
  cache: string,
): Promise<void> => {
  const reports = await execute(
    bundles.map(({ plan }) => plan),
    { ...environmentWith({ [tool]: true }), CDK_LAMBDA_PYTHON_CACHE: cache },
  );
  const tried = bundles.map(async (bundle, index) => {
    const { project, python, architecture } = bundle;
    const isCalled = await checkDeclaredBundle(bundle, reports[index]);
    findings.add(project.title, tool === 'uv' ? `uv, ${architecture}` : 'pip, x86_64', python, true);
    if (architecture === 'x86_64') findings.add(project.title, `called, from ${tool}`, python, isCalled);
  });
  await Promise.all(tried);
};

for (const project of DECLARED_PROJECTS) {
  test(`${project.folder}: as it says, for each Python and architecture`, async () => {
    const root = copyOfProject(project, DECLARED_HANDLER);
    await Promise.all([
      tryWith('uv', bundlesOf(project, root, UV_TARGETS), store),
      tryWith('pip', bundlesOf(project, root, PIP_TARGETS), storeOfPip),
    ]);
  });
}

test('the documentation says the same', async () => {
  await checkTable(
    ['uv, x86_64', 'uv, arm64', 'pip, x86_64', 'called, from uv', 'called, from pip'],
    findings,
  );
});

test.run();
