import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { execute } from '../support/bundle-file';
import { buildxSkipReason, clientFolder } from '../support/buildx-client';
import { dockerSkipReason } from '../support/docker';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';

const test = suite('commands of the user in a container');

const IMAGE = 'public.ecr.aws/sam/build-python3.13';

const TREE = { 'index.py': HANDLER, 'requirements.txt': 'six==1.17.0\n' };

/** The folder of a bundle, or what is said of it. */
const made = async (
  executor: BundleRequest['executor'],
  hooks: BundleRequest['hooks'],
  tree: Readonly<Record<string, string>> = TREE,
  command?: readonly string[],
): Promise<{ readonly folder: string; readonly said: string }> => {
  const plan = planOf(folderOf(tree), {
    executor,
    hooks,
    runtime: { prop: '3.13' },
    ...(command === undefined ? {} : { docker: { environment: [], volumes: [], command } }),
  });
  const [report] = await execute([plan], {
    ...environmentWith({ docker: true, uv: true }),
    ...(executor === 'buildkit' ? { DOCKER_CONFIG: clientFolder() } : {}),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  });
  const outcome = report?.outcome;
  return {
    folder: plan.output.path,
    said: outcome?._tag === 'Failed' ? showExecutionError(outcome.error) : '',
  };
};

const textIn = (folder: string, file: string): string => fs.readFileSync(path.join(folder, file), 'utf8');

/** Writes the head of an ELF file for arm64. */
const ARM =
  "printf '\\177ELF\\002\\001\\001%s\\003\\000\\267\\000%s' '123456789' '01234567890123456789012345678901234567890123' | tr '0-9' '\\000'";

const withoutBuildx = buildxSkipReason(IMAGE);
if (withoutBuildx !== undefined) console.log(`SKIPPED: ${withoutBuildx}`);

for (const executor of ['docker', ...(withoutBuildx === undefined ? (['buildkit'] as const) : [])] as const) {
  test(`a variable of the first is there in the second, and both see the declarations: ${executor}`, async () => {
    const { folder, said } = await made(executor, {
      before: ['export STAMP=hello', 'ls -A > {output}/before.txt'],
      after: ['echo "$STAMP" > {output}/stamp.txt', 'ls -A {input} > {output}/after.txt'],
    });
    assert.is(said, '');
    assert.is(textIn(folder, 'stamp.txt'), 'hello\n');
    for (const file of ['before.txt', 'after.txt'])
      assert.ok(textIn(folder, file).split('\n').includes('requirements.txt'), file);
    assert.not(fs.existsSync(path.join(folder, 'requirements.txt')));
    assert.ok(fs.existsSync(path.join(folder, 'six.py')));
  });

  test(`commands see the files of the entry alone, and the installer what is written for it: ${executor}`, async () => {
    const list = 'find . -mindepth 1 | sort';
    const { folder, said } = await made(
      executor,
      {
        before: [`${list} > {output}/before.txt`, 'echo 1 >> project-requirements.txt'],
        after: [`(cd {input} && ${list}) > {output}/after.txt`],
      },
      {
        'index.py': HANDLER,
        'project-requirements.txt': 'mine\n',
        'pyproject.toml':
          '[project]\nname = "a"\nversion = "1"\ndependencies = ["six==1.17.0"]\n[tool.uv]\nconstraint-dependencies = ["six<2"]\n',
      },
    );
    assert.is(said, '');
    for (const file of ['before.txt', 'after.txt'])
      assert.is(textIn(folder, file), './index.py\n./project-requirements.txt\n./pyproject.toml\n', file);
    assert.is(textIn(folder, 'project-requirements.txt'), 'mine\n1\n');
    assert.ok(fs.existsSync(path.join(folder, 'six.py')));
  });

  test(`a command of the user sees the files of the entry alone: ${executor}`, async () => {
    const { folder, said } = await made(
      executor,
      { before: [], after: [] },
      {
        'index.py': HANDLER,
        'project-requirements.txt': 'mine\n',
        'pyproject.toml': '[project]\nname = "a"\nversion = "1"\ndependencies = ["six==1.17.0"]\n',
      },
      ['bash', '-c', 'cp -r . /asset-output'],
    );
    assert.is(said, '');
    assert.equal(fs.readdirSync(folder).sort(), ['index.py', 'project-requirements.txt', 'pyproject.toml']);
    assert.is(textIn(folder, 'project-requirements.txt'), 'mine\n');
  });

  test(`the folder that commands get can be installed: ${executor}`, async () => {
    const { folder, said } = await made(
      executor,
      { before: [], after: ['python -m pip install --no-deps {input} --target {output}'] },
      {
        'index.py': HANDLER,
        'src/mytools/__init__.py': '',
        'pyproject.toml':
          '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n[project]\nname = "mytools"\nversion = "0.1.0"\ndependencies = ["six==1.17.0"]\n[tool.setuptools.packages.find]\nwhere = ["src"]\n',
      },
    );
    assert.is(said, '');
    for (const file of ['index.py', 'mytools/__init__.py', 'six.py'])
      assert.ok(fs.existsSync(path.join(folder, file)), file);
    for (const file of ['build', 'pyproject.toml']) assert.not(fs.existsSync(path.join(folder, file)), file);
  });

  test(`native code of a command for another machine is an error: ${executor}`, async () => {
    const { said } = await made(executor, { before: [], after: [`${ARM} > {output}/libz.so.1`] });
    assert.match(
      said,
      'libz.so.1 of the commands of this bundle is native code for aarch64; the target is Python 3.13',
    );
  });
}

const reason = dockerSkipReason(IMAGE);
if (reason === undefined) test.run();
else console.log(`SKIPPED: ${reason}`);
