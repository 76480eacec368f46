import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { conflictOutput } from '../../../src/exec/failures/conflict-output';

const test = suite('what installers say of requirements that exclude each other');

const needs = (output: string): readonly string[] | undefined =>
  conflictOutput(output)?.needs.map(({ package: name, requirement }) => `${name}: ${requirement}`);

test('uv in one line, and as older versions break it', () => {
  assert.equal(
    needs(
      'error: No solution found when resolving dependencies\n  cause: Because all versions of my_lib depend on a>=2,<3 and b>=2 depends on a<1, we can conclude that b>=2 and all versions of my-lib are incompatible.\n         And because you require b==2 and my-lib, we can conclude that your requirements are unsatisfiable.\n',
    ),
    ['my-lib: a>=2,<3', 'b: a<1'],
  );
  const wrapped = conflictOutput(
    '  × No solution found when resolving dependencies:\n  ╰─▶ Because only b[x]==2 is available and b[x]==2\n      depends on a{python_full_version >= "3.9"}<1, we can conclude that all versions of b[x]\n      depend on a<1.\n      And because c==1 depends on b[x] and you require a>=1 and c, we can\n      conclude that your requirements are unsatisfiable.\n',
  );
  assert.equal(wrapped?.needs, [
    { package: 'b', requirement: 'a<1' },
    { package: 'c', requirement: 'b[x]' },
  ]);
  assert.equal(wrapped?.neededBy.get('b'), ['c']);
});

test('pip, with the packages that others come with', () => {
  const found = conflictOutput(
    '\u001b[?25hCollecting b (from d==1->c->-r r.txt (line 1))\n  Downloading b.whl\nCollecting e (from -r r.txt (line 2))\nERROR: Cannot install a>=1 and c because these package versions have conflicting dependencies.\n\nThe conflict is caused by:\n    The user requested a>=1\n    b 2 depends on a!=0.9, !=0.8 and <1\n    a[x] 1 depends on a 1 (from http://h/a-1-py3-none-any.whl)\n\nTo fix this you could try to:\n',
  );
  assert.equal(found?.needs, [{ package: 'b', requirement: 'a!=0.9,!=0.8,<1' }]);
  assert.equal(
    [...(found?.neededBy ?? [])],
    [
      ['a', ['b']],
      ['b', ['d']],
      ['d', ['c']],
    ],
  );
});

test('uv, of a need that leaves versions out', () => {
  const of = (listed: string) =>
    needs(
      `error: No solution found when resolving dependencies\n  cause: Because b==1 depends on one of:\n             ${listed}\n         and you require b==1, we can conclude that you require one of:\n             a>=1\n\n         And because you require a<1, we can conclude that your requirements are unsatisfiable.\n`,
    );
  assert.equal(of('a>=1.25.4,<2.2.0\n             a>2.2.0,<3'), ['b: a>=1.25.4,!=2.2.0,<3']);
  assert.equal(of('a==1\n             a>=3,<4\n             a==5'), ['b: a>=1,<=5']);
});

test('pip, of a constraint on what is asked for in any version', () => {
  const output =
    'The conflict is caused by:\n    The user requested idna\n    The user requested (constraint) Idna==1.0\n';
  assert.equal(conflictOutput(output)?.limited, ['idna']);
});

test('what failed for another reason is none', () => {
  assert.is(conflictOutput('ERROR: No matching distribution found for six==99\n'), undefined);
});

test.run();
