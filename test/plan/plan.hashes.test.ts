import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import type { LocalPackage, SourceSnapshot } from '../../src/plan/model/source-snapshot';
import {
  archive,
  file,
  folder,
  planned,
  request,
  requirements,
  requiring,
  snapshot,
  SOURCE,
} from './support/world';

const test = suite('plan: hashes');

interface World {
  readonly at?: string;
  readonly text?: string;
  readonly base?: string;
  readonly constraints?: string;
  readonly packages?: readonly LocalPackage[];
  readonly seen?: Partial<SourceSnapshot>;
  readonly asked?: Partial<BundleRequest>;
}

const y = (at: string, code = 'A = 1', executable = false): LocalPackage =>
  folder('y', `${at}/y`, [file('setup.py', 'setup(name="y")'), file('y.py', code, executable)]);

const FILES = [file('stack.my_handler.py', SOURCE), file('data.csv', 'a'), file('run.sh', '#!', true)];

/** The hashes of a function with requirements, includes and local packages, in an app that lies anywhere. */
const hashes = ({ at = '/home/me/app', packages, seen, asked, ...texts }: World = {}) => {
  const text = texts.text ?? '-i https://u:p@h/simple\n-r ../base.txt\n-c c.txt\n-e ../y\n./x.whl\n';
  const request_ = request({
    definingFiles: [`${at}/lib/stack.ts`],
    outputDirectory: `${at}/cdk.out`,
    runtime: { prop: '3.12' },
    ...asked,
  });
  const snapshot_ = snapshot({
    entry: { root: `${at}/lib`, path: 'stack.my_handler.py', source: SOURCE },
    files: FILES,
    requirements: requirements(
      {
        [`${at}/lib/requirements.txt`]: text,
        [`${at}/base.txt`]: texts.base ?? 'six==1.17.0\n',
        [`${at}/lib/c.txt`]: texts.constraints ?? 'urllib3<3\n',
      },
      packages ?? [y(at), archive(`${at}/lib/x.whl`)],
    ),
    ...seen,
  });
  return planned(request_, snapshot_).hash;
};

const original = hashes();

const same = (world: World, what: string): void => assert.equal(hashes(world), original, what);

const changes = (world: World, what: 'dependencies' | 'asset alone'): void => {
  const { dependencies, content, asset } = hashes(world);
  assert.is.not(content, original.content);
  assert.is(asset, content);
  assert.is(dependencies === original.dependencies, what === 'asset alone');
};

test('they are the same in another folder, of another name and at another depth', () => {
  same({ at: '/srv/other' }, 'other names');
  same({ at: '/a/b/c/d' }, 'deeper');
  same({ at: '' }, 'at the root of the disk');
});

test('they are the same under another label, with another output, image user and order of the listing', () => {
  same({ asked: { label: 'Other/Path' } }, 'label');
  same({ asked: { outputDirectory: '/elsewhere' } }, 'output');
  same({ seen: { files: [...FILES].reverse() } }, 'order of sources');
  same({ packages: [archive('/home/me/app/lib/x.whl'), y('/home/me/app')] }, 'order of packages');
  const docker = {
    user: '1:2',
    network: 'host',
    securityOpt: 'a',
    capAdd: ['A'],
    pidsLimit: 9,
    memory: '2g',
    environment: ['A'],
    volumes: [],
  };
  same({ asked: { docker } }, 'how the container is run');
  same({ asked: { docker: { ...docker, fileAccess: 'copy' } } }, 'how it gets at files');
});

test('credentials of an index do not count, the index does', () => {
  const text = (index: string): string => `-i ${index}\n-r ../base.txt\n-c c.txt\n-e ../y\n./x.whl\n`;
  same({ text: text('https://h/simple') }, 'none');
  same({ text: text('https://token@h/simple') }, 'a token');
  same({ text: text('https://other:p@ss:word@h/simple') }, 'others');
  same({ text: text('https://${USER}:${PASSWORD}@h/simple') }, 'variables');
  changes({ text: text('https://other/simple') }, 'dependencies');
});

test('nor does the requirements file as a file among the sources', () => {
  const files = [...FILES, file('requirements.txt', 'anything'), file('c.txt', 'anything')];
  same({ seen: { files } }, 'requirements among the sources');
});

test('nor how a path is written that leads to the same place', () => {
  const text = (path: string): string =>
    `-i https://u:p@h/simple\n-r ../base.txt\n-c c.txt\n${path}\n./x.whl\n`;
  for (const path of ['-e ../y', '../y', '-e file:../y', '--editable=../y', '-e "../y"']) {
    same({ text: text(path) }, path);
  }
  assert.is(
    hashes({ at: '/a/b', text: '-e /opt/z', packages: [folder('z', '/opt/z')] }).dependencies,
    hashes({ at: '/c', text: '-e file:///srv/libs/z', packages: [folder('z', '/srv/libs/z')] }).dependencies,
  );
});

test('a source that changes changes the asset alone', () => {
  const others = FILES.slice(0, 2);
  changes({ seen: { files: [...others, file('run.sh', '#! /bin/sh', true)] } }, 'asset alone');
  changes({ seen: { files: [...others, file('run.sh', '#!', false)] } }, 'asset alone');
  changes({ seen: { files: [...others, file('go.sh', '#!', true)] } }, 'asset alone');
  changes({ seen: { files: others } }, 'asset alone');
  changes({ seen: { files: [...FILES, file('new')] } }, 'asset alone');
});

test('whatever the installer reads changes the dependencies, and with them the asset', () => {
  changes({ text: '-r ../base.txt\n-c c.txt\n-e ../y\n./x.whl\n' }, 'dependencies');
  changes({ base: 'six==1.16.0\n' }, 'dependencies');
  changes({ constraints: 'urllib3<2\n' }, 'dependencies');
  const wheel = archive('/home/me/app/lib/x.whl');
  changes({ packages: [y('/home/me/app', 'A = 2'), wheel] }, 'dependencies');
  changes({ packages: [y('/home/me/app', 'A = 1', true), wheel] }, 'dependencies');
  changes(
    { packages: [folder('y', '/home/me/app/y', [file('setup.py', 'setup(name="y")')]), wheel] },
    'dependencies',
  );
  changes({ packages: [y('/home/me/app'), { ...wheel, files: [file('x.whl', 'another')] }] }, 'dependencies');
});

test('BuildKit makes what a container makes, and finds it', () => {
  assert.equal(hashes({ asked: { executor: 'buildkit' } }), hashes({ asked: { executor: 'docker' } }));
});

test('so do runtime, architecture, executor and image, its platform and entrypoint', () => {
  changes({ asked: { runtime: { prop: '3.13' } } }, 'dependencies');
  changes({ asked: { architecture: 'arm64' } }, 'dependencies');
  changes({ asked: { executor: 'docker' } }, 'dependencies');
  const docker = { environment: [], volumes: [] };
  changes({ asked: { docker: { ...docker, image: 'other' } } }, 'dependencies');
  changes({ asked: { docker: { ...docker, platform: 'linux/386' } } }, 'dependencies');
  changes({ asked: { docker: { ...docker, entrypoint: ['env'] } } }, 'dependencies');
});

test('so do what is left out, and hooks or a command of one’s own, which see the sources as well', () => {
  const dependencies = (more: Partial<BundleRequest['dependencies']>): World => ({
    asked: { dependencies: { ...DEFAULT_DEPENDENCIES, ...more } },
  });
  changes(dependencies({ omit: ['boto3'] }), 'dependencies');
  changes(dependencies({ exclude: ['*.pyi'] }), 'dependencies');
  const docker = { environment: [], volumes: [] };
  const before = { hooks: { before: ['make'], after: [] } };
  const whole = [
    before,
    { hooks: { before: [], after: ['make'] } },
    { docker: { ...docker, command: ['make'] } },
    { docker: { ...docker, command: ['make'], entrypoint: ['env'] } },
  ];
  for (const asked of whole) changes({ asked }, 'dependencies');
  const seen = { files: FILES.slice(0, 1) };
  assert.is(new Set(whole.map((asked) => hashes({ asked }).dependencies)).size, 4);
  assert.is.not(hashes({ asked: before, seen }).dependencies, hashes({ asked: before }).dependencies);
  assert.is(hashes({ seen }).dependencies, original.dependencies);
});

test('where everything goes changes the content alone, and so does a layer that holds the modules', () => {
  changes({ asked: { prefix: 'python' } }, 'asset alone');
  changes({ asked: { dependenciesIn: 'layer' } }, 'asset alone');
  const inLayer = (text: string) => hashes({ asked: { dependenciesIn: 'layer' }, text, packages: [] });
  assert.is(inLayer('six\n').content, inLayer('idna\n').content);
  assert.is.not(inLayer('six\n').dependencies, inLayer('idna\n').dependencies);
});

test('a chosen asset hash takes the place of the asset hash, and of nothing else', () => {
  const chosen = hashes({ asked: { assetHash: 'v1' } });
  assert.is.not(chosen.asset, original.asset);
  assert.equal({ ...chosen, asset: original.asset }, original);
  const other = hashes({ asked: { assetHash: 'v1' }, base: 'six==1.16.0\n' });
  assert.is(other.asset, chosen.asset);
  assert.is.not(other.content, chosen.content);
  assert.is.not(hashes({ asked: { assetHash: 'v2' } }).asset, chosen.asset);
  const plan = planned(request({ assetHash: 'v1' }));
  assert.is(plan.output.path, `/app/cdk.out/asset.${plan.hash.asset}.zip`);
});

test('without requirements and byte code only the files count', () => {
  const hash = (asked: Partial<BundleRequest>) =>
    hashes({ seen: { requirements: null }, asked: { bytecode: 'off', ...asked } });
  assert.is(hash({}).dependencies, null);
  assert.equal(hash({ architecture: 'arm64', runtime: { prop: '3.13' }, executor: 'docker' }), hash({}));
  assert.is.not(hash({}).asset, original.asset);
});

test('so does byte code: the version it is for, and whether it must be there; the packaging does not', () => {
  const hash = (asked: Partial<BundleRequest>) => hashes({ seen: { requirements: null }, asked }).asset;
  const all = [
    hash({}),
    hash({ bytecode: 'require' }),
    hash({ bytecode: 'off' }),
    hash({ runtime: { prop: '3.13' } }),
  ];
  assert.is(new Set(all).size, 4);
  assert.is(hash({ packaging: 'directory' }), all[0]);
  assert.is(hash({ architecture: 'arm64' }), all[0]);
  const without = hashes({ asked: { bytecode: 'off' } });
  assert.equal([without.dependencies, without.bytecode], [original.dependencies, null]);
  assert.is(hashes({ asked: { bytecode: 'require' } }).bytecode, original.bytecode);
});

test('the same again gives the same plan, and nothing is changed by planning', () => {
  const asked = Object.freeze(request());
  const seen = Object.freeze(snapshot());
  assert.equal(planned(asked, seen), planned(asked, seen));
  assert.equal(asked, request());
  assert.equal(seen, snapshot());
});

test('an image by digest is in the plan and in its argv, and another digest is another hash', () => {
  const by = (digit: string) => {
    const image = `example/build@sha256:${digit.repeat(64)}`;
    const made = planned(
      request({ executor: 'docker', docker: { environment: [], volumes: [], image } }),
      requiring('six==1\n'),
    );
    assert.is(made.image, image);
    assert.ok(made.install?.docker.argv.includes(image));
    return made.hash;
  };
  assert.equal(by('a'), by('a'));
  assert.is.not(by('a').dependencies, by('b').dependencies);
  assert.is.not(by('a').asset, by('b').asset);
});

test.run();
