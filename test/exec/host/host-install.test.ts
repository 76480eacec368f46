import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ExecutionReport } from '../../../src/exec/batch/execution-report';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { execute } from '../../support/bundle-file';
import { machineOfElf } from '../../support/elf';
import { environmentWith, hostPython } from '../../support/python-tools';
import { listTree, temporaryFolder } from '../../support/temporary';
import { planOf, planWith } from '../support/plans';
import { folderOf, HANDLER } from '../support/requests';

const SIX = 'six==1.16.0 --hash=sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254\n';
const DOCOPT =
  'docopt==0.6.2 --hash=sha256:49b3a825280bd66b3aa83585ef59c4a8c82f2c8a522dbe754a8bc8d08c85c491\n';
const python = (version: string, architecture: BundleRequest['architecture'] = 'x86_64') => ({
  runtime: { prop: version },
  architecture,
});

/** Two packages of one's own, one in the entry's folder and one beside it, the latter with nothing but a setup.py. */
const workspace = folderOf({
  'fn/index.py': HANDLER,
  'fn/requirements.txt': './libs/x[more] ; python_version > "3"\n-e ../y\n',
  'fn/libs/x/pyproject.toml':
    '[project]\nname = "x-lib"\nversion = "1"\n[project.optional-dependencies]\nmore = ["six==1.16.0"]\n[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
  'fn/libs/x/x_lib/__init__.py': 'from y_lib import Y\nX = Y + 1\n',
  'y/setup.py': "from setuptools import setup\nsetup(name='y-lib', version='2', packages=['y_lib'])\n",
  'y/y_lib/__init__.py': 'Y = 1\n',
  'y/y_lib/tool.test.py': '',
});

/** A source distribution that no index has, in a folder of links. */
const linked = (): string => {
  const folder = folderOf({
    'index.py': HANDLER,
    'requirements.txt': '--find-links ./links\ncdk-lambda-python-linked==1\n',
    'made/cdk_lambda_python_linked-1/PKG-INFO':
      'Metadata-Version: 2.1\nName: cdk-lambda-python-linked\nVersion: 1\n',
    'made/cdk_lambda_python_linked-1/setup.py':
      "from setuptools import setup\nsetup(name='cdk-lambda-python-linked', version='1', py_modules=['linked'])\n",
    'made/cdk_lambda_python_linked-1/linked.py': 'LINKED = True\n',
    'links/.keep': '',
  });
  const archive = path.join(folder, 'links/cdk_lambda_python_linked-1.tar.gz');
  execFileSync('tar', ['-czf', archive, '-C', path.join(folder, 'made'), 'cdk_lambda_python_linked-1']);
  return folder;
};

/** A package whose wheel claims to be of this machine: built without a compiler, and still not for Lambda. */
const NATIVE = {
  'native/setup.py':
    "from setuptools import setup\nfrom setuptools.dist import Distribution\nclass Native(Distribution):\n    def has_ext_modules(self):\n        return True\nsetup(name='native-lib', version='3', py_modules=['native'], distclass=Native)\n",
  'native/native.py': '',
};

const plans = {
  pure: planWith('six==1.16.0\n'),
  extras: planWith('requests[socks]==2.31.0 # with SOCKS\n'),
  markers: planWith(
    "six==1.16.0; python_version == '3.9'\nidna==3.6; platform_machine == 'aarch64'\nattrs; python_version >= '3.11'\ncolorama; sys_platform == 'win32'\n",
    python('3.9', 'arm64'),
  ),
  noneLeft: planWith("colorama; sys_platform == 'win32'\n"),
  hashes: planWith(SIX + DOCOPT),
  wrongHash: planWith(SIX.replace('8abb', '0000')),
  wrongSourceHash: planWith(DOCOPT.replace('49b3', '0000')),
  includes: planWith(
    '-r more/a.txt\n-c limits.txt\n',
    {},
    { 'more/a.txt': 'idna\n', 'limits.txt': 'idna==3.6\n' },
  ),
  local: planOf(path.join(workspace, 'fn')),
  linked: planOf(linked()),
  docopt: planWith('docopt==0.6.2\n'),
  transitive: planWith('hdfs==2.7.0\n'),
  psutil: planWith('psutil==5.0.0\n'),
  native: planWith('./native\n', {}, NATIVE),
  newerLibrary: planWith('numpy==2.4.6\n'),
  unknown: planWith('cdk-lambda-python-no-such-package==1\n'),
  noVersion: planWith('six==99.0\n'),
  notAboutBuilds: planWith('docopt==0.6.2\nsix==99.0\n'),
  arm: planWith('MarkupSafe==3.0.2\n', python('3.13', 'arm64')),
  python36: planWith('MarkupSafe\ndataclasses; python_version < "3.7"\n', python('3.6')),
  python37: planWith('MarkupSafe\ntyping_extensions\n', python('3.7')),
} satisfies Record<string, BundlePlan>;

type Name = keyof typeof plans;

/** What takes pip half a minute and tells nothing that another plan does not. */
const SLOW: readonly string[] = ['newerLibrary', 'transitive'] satisfies readonly Name[];

/** The names at the top of a bundle, less the entry, what the request reads and the metadata. */
const modulesIn = (folder: string): readonly string[] =>
  fs
    .readdirSync(folder)
    .filter(
      (name) =>
        !/\.dist-info$|^(index\.py|requirements\.txt|limits\.txt|more|native|libs|links|made)$/.test(name),
    );

const distributionsIn = (folder: string): readonly string[] =>
  fs.readdirSync(folder).flatMap((name) => /^(.*)\.dist-info$/.exec(name)?.[1] ?? []);

const librariesIn = (folder: string): readonly string[] =>
  listTree(folder)
    .map((file) => path.join(folder, file.path))
    .filter((file) => file.endsWith('.so'));

const IMPORT =
  'import sys; sys.path.insert(0, sys.argv[1]); import x_lib, six; print(x_lib.X, x_lib.__file__)';

for (const tool of ['uv', 'pip'] as const) {
  const test = suite(`host install by ${tool}`);
  const before = listTree(workspace);
  let reports: Readonly<Record<string, ExecutionReport['outcome'] | undefined>> = {};

  test.before(async () => {
    const output = temporaryFolder();
    const names = Object.keys(plans).filter((name) => tool === 'uv' || !SLOW.includes(name)) as Name[];
    const items = names.map((name) => {
      const directory = path.join(output, path.basename(plans[name].output.path));
      return { ...plans[name], output: { ...plans[name].output, directory } };
    });
    const made = await execute(items, {
      ...environmentWith({ [tool]: true }),
      CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
    });
    reports = Object.fromEntries(names.map((name, index) => [name, made[index]?.outcome]));
  });

  const bundled = (name: Name): string => {
    const outcome = reports[name];
    if (outcome?._tag !== 'Bundled') throw new Error(JSON.stringify(outcome, null, 2));
    assert.is(outcome.dependencies, plans[name].hash.dependencies === null ? 'none' : 'host');
    return outcome.path;
  };

  const failed = (name: Name) => {
    const outcome = reports[name];
    if (outcome?._tag !== 'Failed') throw new Error(`${name}: ${JSON.stringify(outcome)}`);
    return outcome.error;
  };

  const refused = (name: Name, tag: 'HashMismatch' | 'NoSuchVersion', line = 1): string => {
    const error = failed(name);
    if (error._tag !== tag) throw new Error(JSON.stringify(error));
    assert.is(error.declaration, path.join(plans[name].entry.root, `requirements.txt:${line}`));
    return error.requirement;
  };

  const needsBuild = (name: Name): string => {
    const error = failed(name);
    if (error._tag !== 'NeedsBuild') throw new Error(JSON.stringify(error));
    assert.is(error.target, 'Python 3.11 on x86_64 (glibc 2.26)');
    return error.requirement;
  };

  test('a pure wheel', () => {
    assert.equal(modulesIn(bundled('pure')), ['six.py']);
    assert.equal(distributionsIn(bundled('pure')), ['six-1.16.0']);
  });

  test('extras', () => {
    assert.ok(modulesIn(bundled('extras')).includes('socks.py'));
  });

  test('markers are evaluated for the target, not for this machine', () => {
    assert.equal(modulesIn(bundled('markers')), ['idna', 'six.py']);
  });

  test('nothing may be left over where every requirement has a marker', () => {
    assert.equal(modulesIn(bundled('noneLeft')), []);
  });

  test('hashes hold for wheels and for what is built from source', () => {
    assert.equal(modulesIn(bundled('hashes')), ['docopt.py', 'six.py']);
    assert.is(refused('wrongHash', 'HashMismatch'), 'six==1.16.0');
    assert.is(refused('wrongSourceHash', 'HashMismatch'), 'docopt==0.6.2');
  });

  test('includes and constraints', () => {
    assert.equal(distributionsIn(bundled('includes')), ['idna-3.6']);
  });

  test('local packages are copied, importable, and leave nothing beside their sources', () => {
    const folder = bundled('local');
    assert.equal(modulesIn(folder), ['six.py', 'x_lib', 'y_lib']);
    const stray = listTree(folder).filter((file) =>
      /\.pth$|__editable__|direct_url|egg-link/.test(file.path),
    );
    assert.equal(stray, []);
    const printed = execFileSync(hostPython(), ['-I', '-S', '-B', '-c', IMPORT, folder], {
      encoding: 'utf8',
    });
    assert.is(printed, `2 ${path.join(folder, 'x_lib/__init__.py')}\n`);
    assert.equal(listTree(workspace), before);
  });

  test('a source distribution from a folder of links, which the requirements name', () => {
    assert.ok(modulesIn(bundled('linked')).includes('linked.py'));
  });

  test('a pure source distribution is built here, also where another package asks for it', () => {
    assert.equal(modulesIn(bundled('docopt')), ['docopt.py']);
    if (tool === 'uv') assert.ok(modulesIn(bundled('transitive')).includes('docopt.py'));
  });

  test('what needs a compiler is not built here, and is named', () => {
    assert.is(needsBuild('psutil'), 'psutil==5.0.0');
    assert.match(JSON.stringify(failed('psutil')), /false/, 'the compiler was switched off');
  });

  test('a wheel of this machine is not taken for one of the target', () => {
    assert.is(needsBuild('native'), 'native_lib==3');
  });

  if (tool === 'uv') {
    test('wheels for a newer C library only', () => {
      assert.is(needsBuild('newerLibrary'), 'numpy==2.4.6');
    });
  }

  test('what does not exist, and what a build has nothing to do with', () => {
    assert.is(refused('unknown', 'NoSuchVersion'), 'cdk-lambda-python-no-such-package==1');
    assert.is(refused('noVersion', 'NoSuchVersion'), 'six==99.0');
    assert.is(refused('notAboutBuilds', 'NoSuchVersion', 2), 'six==99.0');
  });

  test('arm64 gets aarch64 libraries', () => {
    const libraries = librariesIn(bundled('arm'));
    assert.ok(libraries.length > 0);
    assert.equal([...new Set(libraries.map(machineOfElf))], ['aarch64']);
  });

  test('old Pythons get the last versions that support them', () => {
    const names = (name: Name) => distributionsIn(bundled(name));
    assert.equal(names('python36'), ['MarkupSafe-2.0.1', 'dataclasses-0.8']);
    assert.equal(names('python37'), ['MarkupSafe-2.1.5', 'typing_extensions-4.7.1']);
    assert.match(librariesIn(bundled('python36')).join(), /cpython-36m-x86_64/);
    assert.match(librariesIn(bundled('python37')).join(), /cpython-37m-x86_64/);
  });

  test.run();
}
