import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { wheelHeaders } from '../../src/exec/wheel-headers';
import { execute } from '../support/bundle-file';
import { environmentWith } from '../support/python-tools';
import { listTree, temporaryFolder } from '../support/temporary';
import { wheelFolder } from '../support/wheel';
import { planWith } from './plans';

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

test.run();
