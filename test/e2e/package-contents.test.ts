import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_INDEX } from '../../src/plan/packaging/requirement/package-indexes';
import { manifest, repository, run, succeeded, tarball } from '../support/consumer';

const tool = (name: string): string => path.join(repository, 'node_modules/.bin', name);

const packages = suite('package');

/** What package-lock.json says of each package. */
interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly dev?: boolean; readonly peer?: boolean; readonly hasInstallScript?: boolean }>
  >;
}

packages('it has what is used and nothing else, and runs nothing when it is installed', async () => {
  const { contents } = await tarball();
  const expected =
    /^(lib\/.+\.(js|d\.ts)|lib\/exec\/scripts\/python\/\w+\.py|docs\/.+\.md|README\.md|LICENSE|package\.json)$/;
  assert.equal(
    contents.filter((file) => !expected.test(file)),
    [],
  );
  const rooms = ['construct', 'plan', 'exec'].map((room) => `lib/${room}/index.d.ts`);
  for (const file of ['README.md', 'LICENSE', 'lib/exec/runner.js', 'lib/cli/main.js', ...rooms]) {
    assert.ok(contents.includes(file), file);
  }
  const programs = 'exec/scripts/python';
  assert.equal(
    contents.filter((file) => file.endsWith('.py')),
    fs
      .readdirSync(path.join(repository, 'src', programs))
      .filter((name) => name.endsWith('.py'))
      .map((name) => `lib/${programs}/${name}`)
      .sort(),
  );
});

packages('no script of it or of what it brings along runs where it is installed', () => {
  const atInstall = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare'];
  assert.equal(
    Object.keys(manifest.scripts).filter((name) => atInstall.includes(name)),
    [],
  );
  const lock = JSON.parse(fs.readFileSync(path.join(repository, 'package-lock.json'), 'utf8')) as Lock;
  const brought = Object.entries(lock.packages).filter(
    ([name, { dev, peer }]) => name !== '' && !dev && !peer,
  );
  assert.ok(brought.some(([name]) => name === 'node_modules/commander'));
  assert.equal(
    brought.filter(([, { hasInstallScript }]) => hasInstallScript).map(([name]) => name),
    [],
  );
});

packages('nothing in it is of the machine that packed it', async () => {
  const { contents } = await tarball();
  const texts = contents.map((file) => [file, fs.readFileSync(path.join(repository, file), 'utf8')] as const);
  const naming = (pattern: RegExp) => texts.filter(([, text]) => pattern.test(text)).map(([file]) => file);
  assert.equal(naming(new RegExp(`${repository}|${os.homedir()}/|${os.tmpdir()}/[a-z]`)), []);
  assert.equal(naming(/^\/\/# sourceMappingURL/m), []);
  const { host } = new URL(DEFAULT_INDEX);
  assert.equal(
    naming(new RegExp(host.replaceAll('.', '\\.'))).filter((file) => file.startsWith('lib/')),
    [
      'lib/plan/packaging/requirement/package-indexes.d.ts',
      'lib/plan/packaging/requirement/package-indexes.js',
    ],
  );
  assert.equal(naming(/registry\.\w+\.(org|com)/), []);
});

packages('no module of it is loaded before it is used', async () => {
  await tarball();
  for (const room of ['construct', 'plan', 'exec']) {
    const index = path.join(repository, 'lib', room, 'index.js');
    const program = `require(${JSON.stringify(index)}); console.log(JSON.stringify(Object.keys(require.cache)))`;
    assert.equal(
      JSON.parse(await succeeded(run(process.execPath, ['-e', program], repository))),
      [index],
      room,
    );
  }
});

packages('publint has no complaint', async () => {
  const output = await succeeded(run(tool('publint'), ['--strict', (await tarball()).file], repository));
  assert.match(output, 'All good!');
});

interface Entrypoint {
  readonly resolutions: Readonly<
    Record<string, { readonly resolution?: { readonly isTypeScript: boolean } | null }>
  >;
}

packages('the three entry points have types under every resolution', async () => {
  const argv = [(await tarball()).file, '--format', 'json'];
  const { analysis, problems } = JSON.parse(await succeeded(run(tool('attw'), argv, repository))) as {
    readonly analysis: { readonly entrypoints: Readonly<Record<string, Entrypoint>> };
    readonly problems?: Readonly<Record<string, unknown>>;
  };
  assert.equal(problems ?? {}, {});
  const resolved = ['.', './plan', './exec'].map((name) =>
    Object.entries(analysis.entrypoints[name]?.resolutions ?? {}).map(([kind, { resolution }]) => [
      kind,
      resolution?.isTypeScript,
    ]),
  );
  const all = ['node10', 'node16-cjs', 'node16-esm', 'bundler'].map((kind) => [kind, true]);
  assert.equal(resolved, [all, all, all]);
});

packages.run();
