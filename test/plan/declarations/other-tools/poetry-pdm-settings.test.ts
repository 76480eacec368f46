import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DependencyRequest } from '../../../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../../../src/plan/request/bundle-request';
import { plan } from '../../../../src/plan/plan';
import { showPlanError } from '../../../../src/plan/errors/plan-error';
import { request, snapshot } from '../../support/world';

const test = suite('settings of Poetry and PDM, and groups, without a lock');

/** The messages, or the generated requirements. */
const told = (text: string, dependencies: Partial<DependencyRequest> = {}): readonly string[] => {
  const asked = request({
    runtime: { prop: 'python3.12' },
    dependencies: { ...DEFAULT_DEPENDENCIES, ...dependencies },
  });
  const project = {
    kind: 'pyproject' as const,
    source: { file: '/app/pyproject.toml', text },
    manifest: null,
    localPackages: [],
  };
  const result = plan(asked, snapshot({ project }));
  return isLeft(result)
    ? result.left.map(showPlanError)
    : (result.right.install?.generated.flatMap((file) => file.text.trim().split('\n')) ?? []);
};

const HEAD = '[project]\nname = "x"\nversion = "0"\ndependencies = ["idna"]\n';

const INDEX = { index: 'https://corp.example/simple' };

test('sources of Poetry are an error, unless an option names the index', () => {
  const source = `${HEAD}[[tool.poetry.source]]\nname = "corp"\nurl = "https://corp.example/simple"\n`;
  assert.equal(told(source), [
    '/app/pyproject.toml:5 has tool.poetry.source: Poetry takes packages from these indexes, and without a lock nothing else does. Run `poetry lock`, or name the index in `dependencies.index` or `dependencies.extraIndexes`.',
  ]);
  assert.equal(told(source, INDEX), ['--index-url https://corp.example/simple', 'idna']);
  assert.equal(told(`${source}priority = "explicit"\n`), ['idna']);
  assert.equal(told(`${HEAD}[[tool.poetry.source]]\nname = "PyPI"\npriority = "primary"\n`), ['idna']);
});

test('so are sources, overrides and options of PDM', () => {
  assert.equal(
    told(`${HEAD}[[tool.pdm.source]]\nname = "corp"\nurl = "https://corp.example/simple"\n`, INDEX),
    ['--index-url https://corp.example/simple', 'idna'],
  );
  assert.equal(told(`${HEAD}[tool.pdm.resolution.overrides]\nidna = "3.6"\n`), [
    '/app/pyproject.toml:5 has tool.pdm.resolution.overrides: PDM resolves by this setting, and without a lock nothing else does. Run `pdm lock`, or remove the setting.',
  ]);
  assert.equal(told(`${HEAD}[tool.pdm.options]\nlock = ["--no-cross-platform"]\n`), [
    '/app/pyproject.toml:6 has tool.pdm.options.lock: PDM runs with these options, and without a lock nothing else does. Run `pdm lock`, or remove the setting.',
  ]);
  assert.equal(
    told(
      `${HEAD}[tool.pdm]\ndistribution = true\n[[tool.pdm.source]]\nname = "pypi"\nurl = "https://pypi.org/simple/"\n`,
    ),
    ['idna'],
  );
});

test('dependencies that only Poetry can read need its lock', () => {
  assert.match(
    told(`${HEAD}[tool.poetry.dependencies]\npython = "^3.12"\nsix = "*"\n`)[0] ?? '',
    'poetry lock',
  );
  assert.equal(told(`${HEAD}[tool.poetry.dependencies]\npython = "^3.12"\n`), ['idna']);
});

test('a group that is no list, or is there twice, is an error', () => {
  const asked = { groups: ['web-app'] };
  assert.match(
    told(`${HEAD}[dependency-groups]\nweb-app = "six"\n`, asked)[0] ?? '',
    '/app/pyproject.toml:6 cannot be read: the dependency group "web-app" is not a list.',
  );
  assert.match(
    told(`${HEAD}[dependency-groups]\nWeb_App = ["six"]\nweb-app = ["six"]\n`, asked)[0] ?? '',
    'the dependency groups "Web_App" and "web-app" have the same normalized name.',
  );
});

test('the older table of uv for the group `dev` counts besides', () => {
  const older = `${HEAD}[tool.uv]\ndev-dependencies = ["six"]\n`;
  assert.equal(told(older), ['idna']);
  assert.equal(told(older, { groups: ['dev'] }), ['idna', 'six']);
  assert.equal(told(`${older}[dependency-groups]\ndev = ["attrs"]\n`, { groups: ['dev'] }), [
    'idna',
    'attrs',
    'six',
  ]);
});

test.run();
