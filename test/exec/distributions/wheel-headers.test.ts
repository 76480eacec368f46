import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { installedDistributions } from '../../../src/exec/distributions/recorded-files';
import { tidyWhole } from '../../../src/exec/distributions/tidy-tree';
import { wheelHeaders } from '../../../src/exec/distributions/wheel-headers';
import { execute } from '../../support/bundle-file';
import { environmentWith } from '../../support/python-tools';
import { listTree, temporaryFolder, writeTree } from '../../support/temporary';
import { wheelFolder } from '../../support/wheel';
import { planWith } from '../support/plans';

const test = suite('headers of wheels');

test('those of the distribution itself, and nothing of a package that is called include', () => {
  const of = (...files: readonly string[]) => wheelHeaders({ name: 'Tools.H', files });
  const [uv, pip, versioned] = [
    'include/tools_h/a.h',
    'include/python/Tools.H/b/c.hpp',
    'include/site/python3.11/tools-h/x',
  ];
  assert.equal(of(uv, pip, versioned, 'tools_h.py'), [uv, pip, versioned]);
  assert.equal(of('include/other/a.h', 'include/a.h', 'x/include/tools_h/a.h', 'include/tools_h/'), []);
  assert.equal(of('include/__init__.py', 'include/tools_h/a.h'), []);
});

const HOOKS = { 'a plain install': undefined, 'a whole build': { before: [], after: ['true'] } } as const;

for (const [tool, [how, hooks]] of (['uv', 'pip'] as const).flatMap((name) =>
  Object.entries(HOOKS).map((entry) => [name, entry] as const),
)) {
  test(`${tool}, ${how}: they are no part of the bundle`, async () => {
    const wheels = wheelFolder('tools_h', { 'tools_h.py': '', 'tools_h-1.data/headers/a.h': 'int a;' });
    const plan = planWith(`--no-index\n--find-links ${wheels}\ntools_h\n`, {
      bytecode: 'off',
      ...(hooks === undefined ? {} : { hooks }),
    });
    const cache = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
    const [report] = await execute([plan], { ...environmentWith({ [tool]: true }), ...cache });
    assert.is(report?.outcome._tag, 'Bundled');
    assert.equal(
      listTree(plan.output.path).map((file) => file.path),
      [
        'index.py',
        'tools_h-1.dist-info/METADATA',
        'tools_h-1.dist-info/RECORD',
        'tools_h-1.dist-info/WHEEL',
        'tools_h.py',
      ],
    );
    const record = fs.readFileSync(path.join(plan.output.path, 'tools_h-1.dist-info/RECORD'), 'utf8');
    assert.not.match(record, 'a.h');
  });
}

test('a whole build that a container made has none, unless a file of the user has the path', () => {
  const info = 'tools_h-1.dist-info';
  const headers = ['include/tools_h/a.h', 'include/tools_h/own.h'];
  const tree = temporaryFolder();
  writeTree(tree, {
    'tools_h.py': '',
    ...Object.fromEntries(headers.map((file) => [file, 'int a;'])),
    [`${info}/METADATA`]: 'Metadata-Version: 2.1\nName: tools_h\nVersion: 1\n',
    [`${info}/RECORD`]: [...headers, 'tools_h.py', `${info}/METADATA`, `${info}/RECORD`]
      .map((file) => `${file},,\n`)
      .join(''),
  });
  tidyWhole(tree, installedDistributions(tree), ['include/tools_h/own.h']);
  assert.equal(
    listTree(tree).map((file) => file.path),
    ['include/tools_h/own.h', `${info}/METADATA`, `${info}/RECORD`, 'tools_h.py'],
  );
});

test.run();
