import * as fs from 'node:fs';
import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { carryPlan } from '../../src/exec/assembly/carry-plan';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { commitAll } from '../support/build-backend';
import { execute } from '../support/bundle-file';
import { environmentWith, runTool } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';
import { planOf } from './support/plans';
import { folderOf, HANDLER } from './support/requests';

const test = suite('a version from Git in a cloud assembly');

const project = (version: string, requires = '"setuptools>=64", "setuptools-scm>=8"'): string =>
  `[build-system]\nrequires = [${requires}]\nbuild-backend = "setuptools.build_meta"\n[project]\nname = "shared-lib"\n${version}\n[tool.setuptools]\npy-modules = ["shared_lib"]\n${requires.includes('scm') ? '[tool.setuptools_scm]\nroot = ".."\n' : ''}`;

/** A function with a package at the tag v3.4.5. */
const planIn = (pyproject: string, packaging: 'zip' | 'directory'): BundlePlan => {
  const root = folderOf({
    'fn/index.py': HANDLER,
    'fn/requirements.txt': '-e ../shared\n',
    'shared/shared_lib.py': '',
    'shared/pyproject.toml': pyproject,
  });
  commitAll(root);
  runTool('git', ['tag', 'v3.4.5'], root);
  return planOf(path.join(root, 'fn'), { packaging, executor: 'host' });
};

test('it is refused, and says which package it is and what to do', () => {
  const plan = planIn(project('dynamic = ["version"]'), 'zip');
  const carried = carryPlan({ plan, variables: [] });
  const shared = path.join(path.dirname(plan.entry.root), 'shared');
  assert.is(
    isLeft(carried) && showExecutionError(carried.left),
    `${shared} takes the version from Git, and a cloud assembly does not contain Git's metadata. Set \`bundling.phase\` to "synth", or write the version in the package's pyproject.toml and remove the tool that reads it from Git (such as setuptools-scm) from its build requirements.`,
  );
});

test('in the phase synth it is built', async () => {
  const plan = planIn(project('dynamic = ["version"]'), 'directory');
  const [report] = await execute([plan], {
    ...environmentWith({ uv: true }),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  });
  if (report?.outcome._tag !== 'Bundled') throw new Error(JSON.stringify(report));
  assert.ok(fs.existsSync(path.join(report.outcome.path, 'shared_lib-3.4.5.dist-info')));
});

test('with a version that is written down it is carried', () => {
  const plan = planIn(project('version = "3.4.5"', '"setuptools>=64"'), 'zip');
  assert.is(plan.install?.git, undefined);
  assert.equal(carryPlan({ plan, variables: [] }), { _tag: 'Right', right: undefined });
});

test.run();
