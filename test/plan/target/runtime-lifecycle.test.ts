import { isRight } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pythonRuntimes } from '../../../src/plan/target/python-runtime';
import { showRetiredRuntime } from '../../../src/plan/errors/runtime-messages';
import { chooseRuntime } from '../../../src/plan/runtime/runtime-choice';
import { retiredSince } from '../../../src/plan/target/runtime-lifecycle';

const test = suite('on which runtimes AWS creates functions');

/** What a project chooses, with a `.python-version` in another folder or without one. */
const chosen = (requires: string, pythonVersion: { file: string; text: string } | null = null): string => {
  const source = {
    file: '/repo/app/pyproject.toml',
    text: `[project]\nname = "a"\nrequires-python = "${requires}"\n`,
  };
  const choice = chooseRuntime(
    { runtime: {} },
    { pythonVersion, project: { kind: 'pyproject', source, manifest: null, localPackages: [] } },
  );
  return isRight(choice) ? `${choice.right.runtime.name} by ${choice.right.source}` : choice.left._tag;
};

test('those that it has retired, and since when', () => {
  assert.equal(
    pythonRuntimes.flatMap((each) =>
      retiredSince(each) === undefined ? [] : [[each.name, retiredSince(each)]],
    ),
    [
      ['python3.6', '2022-07-18'],
      ['python3.7', '2024-01-09'],
    ],
  );
});

test('requires-python chooses the oldest that is not retired, else the newest that it allows', () => {
  assert.is(chosen('>=3.6'), 'python3.8 by requires-python');
  assert.is(chosen('>=3.11'), 'python3.11 by requires-python');
  assert.is(chosen('>=3.6,<3.8'), 'python3.7 by requires-python');
  assert.is(chosen('>=4'), 'UnknownRuntime');
});

test('.python-version beside the project comes first, one further up comes after requires-python', () => {
  const at = (file: string) => chosen('>=3.11', { file, text: '3.13\n' });
  assert.is(at('/repo/app/.python-version'), 'python3.13 by .python-version');
  assert.is(at('/repo/app/fn/.python-version'), 'python3.13 by .python-version');
  assert.is(at('/repo/.python-version'), 'python3.11 by requires-python');
});

test('a retired runtime is told with what to do', () => {
  assert.is(
    showRetiredRuntime({
      _tag: 'RetiredRuntime',
      runtime: 'python3.7',
      since: '2024-01-09',
      source: 'requires-python',
    }),
    '`requires-python` allows no runtime on which AWS still creates functions, so the newest that it allows is used, python3.7: AWS has not allowed new functions on python3.7 since 2024-01-09. An existing function may still be updated for a while. Allow a newer Python in `requires-python`, or set the `runtime` prop.',
  );
});

test.run();
