import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dependenciesLine } from '../../../../src/plan/packaging/project/dependencies-line';

const test = suite('the line of the dependencies');

const of = (...lines: readonly string[]): number =>
  dependenciesLine({ file: '/app/pyproject.toml', text: lines.join('\n') });

test('of each tool, and where there are none', () => {
  assert.is(of('[project]', 'name = "a"', 'dependencies = []', '[tool.poetry.dependencies]'), 3);
  assert.is(of('[project]', 'name = "a"', '[tool.poetry]', '[tool.poetry.dependencies]', 'python = "3"'), 4);
  assert.is(of('[dev-packages]', '[packages]', 'six = "*"'), 2);
  assert.is(of('[tool.x]', '[project]', 'name = "a"', '[dependency-groups]', 'dev = []'), 4);
  assert.is(of('[tool.x]', '[project]', 'name = "a"'), 2);
  assert.is(of('[tool.x]'), 1);
});

test.run();
