import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { execute } from '../support/bundle-file';
import { openIndex } from '../support/open-index';
import { environmentWith, uv } from '../support/python-tools';
import { sourceDistribution } from '../support/sdist';
import { temporaryFolder } from '../support/temporary';
import { wheelFolder } from '../support/wheel';
import { planOf } from './support/plans';
import { folderOf, HANDLER } from './support/requests';

const test = suite('what [tool.uv] has built although it has a wheel');

const BUILT = 'MODULE = "FROM = \'source\'\\n"';

/** A project whose packages have a wheel and a source distribution each, with a lock of uv. */
const locked = async (settings: string) => {
  const index = await openIndex(
    wheelFolder('sample_a', { 'sample_a.py': "FROM = 'wheel'\n" }),
    wheelFolder('sample_b', { 'sample_b.py': "FROM = 'wheel'\n" }),
    path.dirname(sourceDistribution({ name: 'sample_a', code: BUILT })),
    path.dirname(sourceDistribution({ name: 'sample_b', code: BUILT })),
  );
  const pyproject = [
    '[project]',
    'name = "x"',
    'version = "0"',
    'requires-python = ">=3.11"',
    'dependencies = ["sample-a", "sample-b"]',
    `[[tool.uv.index]]\nurl = "${index.url}"\ndefault = true`,
    '[tool.uv]',
    settings,
    '',
  ].join('\n');
  const folder = folderOf({ 'index.py': HANDLER, 'pyproject.toml': pyproject });
  // The index answers in this process, so that this must not wait for uv.
  await promisify(execFile)(uv(), ['lock', '--quiet', '--no-cache'], { cwd: folder });
  return { folder, close: index.close };
};

const cleanTools = (tool: 'uv' | 'pip'): NodeJS.ProcessEnv => ({
  ...environmentWith({ [tool]: true }),
  CDK_LAMBDA_PYTHON_CACHE: path.join(temporaryFolder(), 'store'),
});

const installed = async (folder: string, tool: 'uv' | 'pip'): Promise<readonly string[]> => {
  const made = planOf(folder);
  const [report] = await execute([made], cleanTools(tool), {});
  assert.is.not(report?.outcome._tag, 'Failed', JSON.stringify(report?.outcome));
  return ['sample_a.py', 'sample_b.py'].map((name) =>
    fs.readFileSync(path.join(made.output.path, name), 'utf8').replace(/.*'(.*)'\n/, '$1'),
  );
};

for (const tool of ['uv', 'pip'] as const) {
  test(`with a uv.lock, ${tool} builds what uv sync builds`, async () => {
    const one = await locked('no-binary-package = ["Sample.A"]');
    assert.equal(await installed(one.folder, tool), ['source', 'wheel']);
    one.close();
    const all = await locked('no-binary = true');
    assert.equal(await installed(all.folder, tool), ['source', 'source']);
    all.close();
    const none = await locked('no-binary = false');
    assert.equal(await installed(none.folder, tool), ['wheel', 'wheel']);
    none.close();
  });
}

test('where nothing may be built, it is told while planning', async () => {
  const { folder, close } = await locked('no-binary-package = ["sample-a"]');
  close();
  assert.throws(
    () => planOf(folder, { sdist: 'forbid' }),
    (error: Error) =>
      /uv\.lock:\d+ requires sample-a 1, .* but `bundling\.sdist` is "forbid"/.test(error.message),
  );
});

test.run();
