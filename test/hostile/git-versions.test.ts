import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { execute, planOfFile } from '../support/bundle-file';
import { environmentWith, runTool } from '../support/python-tools';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('versions from Git');
const { row, run } = reliabilityTable(test, 'hostile: versions from Git');

const TOOLS = ['uv', 'pip'] as const;

const planIn = (root: string): BundlePlan =>
  planOfFile(path.join(root, 'app/h.py'), {
    runtime: '3.13',
    executor: 'host',
    outputDirectory: temporaryFolder(),
  });

const git = (folder: string, ...args: readonly string[]): string =>
  runTool(
    'git',
    ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'protocol.file.allow=always', ...args],
    folder,
  ).trim();

/** The version that the package of a bundle has. */
const versionOf = async (root: string, tool: (typeof TOOLS)[number]): Promise<string> => {
  const [report] = await execute([planIn(root)], {
    ...environmentWith({ [tool]: true }),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  });
  if (report?.outcome._tag !== 'Bundled') throw new Error(JSON.stringify(report, null, 2));
  const names = fs.readdirSync(report.outcome.path).join('\n');
  return /^shared_lib-(.*)\.dist-info$/m.exec(names)?.[1] ?? names;
};

const APP = {
  'app/h.py': 'import shared_lib\ndef lambda_handler(e, c): return shared_lib.version\n',
  'app/requirements.txt': '-e ../shared\n',
};

/** Packages that take their version from Git, by what reads it. */
const PACKAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'setuptools-scm': {
    '.gitignore': 'src/shared_lib/_version.py\n*.out\n',
    'shared/src/shared_lib/__init__.py': 'from ._version import version\n',
    'shared/pyproject.toml':
      '[build-system]\nrequires = ["setuptools>=64", "setuptools-scm>=8"]\nbuild-backend = "setuptools.build_meta"\n[project]\nname = "shared-lib"\ndynamic = ["version"]\n[tool.setuptools_scm]\nroot = ".."\nversion_file = "src/shared_lib/_version.py"\n',
  },
  'hatch-vcs': {
    'shared/shared_lib/__init__.py': '',
    'shared/pyproject.toml':
      '[build-system]\nrequires = ["hatchling", "hatch-vcs"]\nbuild-backend = "hatchling.build"\n[project]\nname = "shared-lib"\ndynamic = ["version"]\n[tool.hatch.version]\nsource = "vcs"\nraw-options = { root = ".." }\n',
  },
  'pdm-backend': {
    'shared/shared_lib/__init__.py': '',
    'shared/pyproject.toml':
      '[build-system]\nrequires = ["pdm-backend"]\nbuild-backend = "pdm.backend"\n[project]\nname = "shared-lib"\ndynamic = ["version"]\n[tool.pdm.version]\nsource = "scm"\n',
  },
  'uv-dynamic-versioning': {
    'shared/shared_lib/__init__.py': '',
    'shared/pyproject.toml':
      '[build-system]\nrequires = ["hatchling", "uv-dynamic-versioning"]\nbuild-backend = "hatchling.build"\n[project]\nname = "shared-lib"\ndynamic = ["version"]\n[tool.hatch.version]\nsource = "uv-dynamic-versioning"\n',
  },
  versioningit: {
    'shared/shared_lib/__init__.py': '',
    'shared/pyproject.toml':
      '[build-system]\nrequires = ["setuptools", "versioningit"]\nbuild-backend = "setuptools.build_meta"\n[project]\nname = "shared-lib"\ndynamic = ["version"]\n[tool.setuptools]\npackages = ["shared_lib"]\n[tool.versioningit]\n',
  },
  versioneer: {
    'shared/shared_lib/__init__.py': '',
    'shared/setup.cfg':
      '[versioneer]\nVCS = git\nstyle = pep440\nversionfile_source = shared_lib/_version.py\nversionfile_build = shared_lib/_version.py\ntag_prefix = v\n',
    'shared/setup.py':
      "import versioneer\nfrom setuptools import setup\nsetup(name='shared-lib', packages=['shared_lib'], version=versioneer.get_version(), cmdclass=versioneer.get_cmdclass())\n",
    'shared/pyproject.toml':
      '[build-system]\nrequires = ["setuptools", "versioneer==0.29"]\nbuild-backend = "setuptools.build_meta"\n',
  },
  'poetry-dynamic-versioning': {
    'shared/shared_lib/__init__.py': '',
    'shared/pyproject.toml':
      '[build-system]\nrequires = ["poetry-core", "poetry-dynamic-versioning"]\nbuild-backend = "poetry_dynamic_versioning.backend"\n[tool.poetry]\nname = "shared-lib"\nversion = "0.0.0"\ndescription = ""\nauthors = []\n[tool.poetry-dynamic-versioning]\nenable = true\n',
  },
};

/** A repository with a package at the tag v3.4.5, and a commit before it. */
const tagged = (files: Readonly<Record<string, string>>): string => {
  const root = temporaryFolder();
  writeTree(root, { ...APP, ...files, 'docs/x.md': 'x' });
  git(root, 'init', '--quiet');
  git(root, 'add', '.');
  git(root, 'commit', '--quiet', '-m', 'zero');
  writeTree(root, { 'docs/x.md': 'y' });
  git(root, 'add', '.');
  git(root, 'commit', '--quiet', '-m', 'one');
  git(root, 'tag', 'v3.4.5');
  return root;
};

const SCM = PACKAGES['setuptools-scm'] ?? {};

row('a local package takes its version from Git', 'it has that of the tag', async (tryCase) => {
  for (const [name, files] of Object.entries(PACKAGES))
    for (const tool of name === 'setuptools-scm' ? TOOLS : (['uv'] as const))
      await tryCase(`${name}, ${tool}`, async () => assert.is(await versionOf(tagged(files), tool), '3.4.5'));
});

/** The same repository in another form, and the version that is built from it. */
const FORMS: Readonly<Record<string, (root: string) => readonly [root: string, version: RegExp]>> = {
  'a worktree': (root) => {
    const other = path.join(temporaryFolder(), 'worktree');
    git(root, 'worktree', 'add', '--quiet', other);
    return [other, /^3\.4\.5$/];
  },
  'packed refs and an annotated tag': (root) => {
    git(root, 'tag', '-d', 'v3.4.5');
    git(root, 'tag', '-a', '-m', 'x', 'v3.4.6');
    git(root, 'pack-refs', '--all');
    git(root, 'gc', '--quiet');
    return [root, /^3\.4\.6$/];
  },
  'a submodule': (root) => {
    const outer = temporaryFolder();
    git(outer, 'init', '--quiet');
    git(outer, 'submodule', '--quiet', 'add', root, 'inner');
    return [path.join(outer, 'inner'), /^3\.4\.5$/];
  },
  'a shallow clone': (root) => {
    git(root, 'commit', '--quiet', '--allow-empty', '-m', 'two');
    const clone = path.join(temporaryFolder(), 'clone');
    git(root, 'clone', '--quiet', '--depth', '1', `file://${root}`, clone);
    return [clone, /^0\.1\.dev1\+g[0-9a-f]+$/];
  },
  'a commit after the tag': (root) => {
    git(root, 'commit', '--quiet', '--allow-empty', '-m', 'two');
    return [root, /^3\.4\.6\.dev1\+g[0-9a-f]+$/];
  },
  'a changed file of the package': (root) => {
    fs.appendFileSync(path.join(root, 'shared/src/shared_lib/__init__.py'), '\n# more\n');
    const date = git(root, 'log', '-1', '--format=%cd', '--date=format:%Y%m%d');
    return [root, new RegExp(`^3\\.4\\.6\\.dev0\\+g[0-9a-f]+\\.d${date}$`)];
  },
  'a file of the package that is gone': (root) => {
    writeTree(root, { 'shared/src/shared_lib/more.py': '' });
    git(root, 'add', '.');
    git(root, 'commit', '--quiet', '-m', 'two');
    git(root, 'tag', 'v4');
    fs.rmSync(path.join(root, 'shared/src/shared_lib/more.py'));
    return [root, /^5\.dev0\+g[0-9a-f]+\.d\d+$/];
  },
  'changed and new files elsewhere': (root) => {
    fs.appendFileSync(path.join(root, 'app/h.py'), '\n# more\n');
    writeTree(root, { 'notes.txt': '' });
    return [root, /^3\.4\.5$/];
  },
  'a link, and a name with spaces': (root) => {
    writeTree(root, { 'shared/src/shared_lib/a b.txt': 'x' });
    fs.symlinkSync('a b.txt', path.join(root, 'shared/src/shared_lib/link'));
    git(root, 'add', '.');
    git(root, 'commit', '--quiet', '-m', 'two');
    git(root, 'tag', 'v5');
    return [root, /^5$/];
  },
};

row('its repository is of another form', 'the version is what Git says there', async (tryCase) => {
  for (const [name, change] of Object.entries(FORMS))
    await tryCase(name, async () => {
      const [root, version] = change(tagged(SCM));
      assert.match(await versionOf(root, 'uv'), version);
    });
});

row('a commit or a tag is added', 'the hash is another, and of other packages it is not', async (tryCase) => {
  const changes: Readonly<Record<string, readonly string[]>> = {
    'a tag': ['tag', 'v9'],
    'a commit': ['commit', '--quiet', '--allow-empty', '-m', 'two'],
  };
  for (const [name, args] of Object.entries(changes)) {
    await tryCase(name, () => {
      const root = tagged(SCM);
      const before = planIn(root).hash.dependencies;
      assert.is(planIn(root).hash.dependencies, before);
      git(root, ...args);
      assert.is.not(planIn(root).hash.dependencies, before);
    });
    await tryCase(`${name}, and a version that is written down`, () => {
      const pyproject = (SCM['shared/pyproject.toml'] ?? '')
        .replace(', "setuptools-scm>=8"', '')
        .replace('dynamic = ["version"]', 'version = "1"');
      const root = tagged({ ...SCM, 'shared/pyproject.toml': pyproject });
      const plan = planIn(root);
      assert.is(plan.install?.git, undefined);
      git(root, ...args);
      assert.is(planIn(root).hash.dependencies, plan.hash.dependencies);
    });
  }
  await tryCase('a branch with another name, or none', () => {
    const root = tagged(SCM);
    const before = planIn(root).hash.dependencies;
    git(root, 'checkout', '--quiet', '-b', 'other');
    assert.is(planIn(root).hash.dependencies, before);
    git(root, 'checkout', '--quiet', '--detach');
    assert.is(planIn(root).hash.dependencies, before);
  });
});

run();
