import * as fs from 'node:fs';
import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PythonFunction } from '../../src/construct/index';
import type { BundlingOptions } from '../../src/construct/index';
import { functionIn, realApp, sources, withEnvironment } from '../construct/support/app';
import { indexOf, machine, serving, synthesized, textIn, TOOLS } from '../support/declared-app';
import { reliabilityTable } from '../support/reliability-table';
import { packageFiles } from '../support/sdist';

const suiteOfDeclared = suite('what the app declares, as attack');
const { row, run } = reliabilityTable(suiteOfDeclared, 'hostile: what the app declares');

const hook = {
  beforeBundling: () => [],
  afterBundling: (_: string, output: string) => [`echo "$STAGE" > "${output}/stage.txt"`],
};

const hookThatWrites = (name: string) => ({
  beforeBundling: () => [],
  afterBundling: (_: string, output: string) => [`echo "$${name}" > "${output}/value.txt"`],
});

row(
  'two functions with the same files and one hook; `STAGE` of `bundling.environment` or `buildArgs` differs',
  'two bundles, each with its own value',
  async (tryCase) => {
    const stages = ['dev', 'prod'];
    const ways: Readonly<Record<string, (stage: string) => BundlingOptions>> = {
      environment: (STAGE) => ({ environment: { STAGE } }),
      buildArgs: (STAGE) => ({ buildArgs: { STAGE } }),
    };
    for (const tool of TOOLS)
      for (const [way, given] of Object.entries(ways))
        await tryCase(`${tool}, ${way}`, () => {
          const functions = synthesized(
            machine(tool),
            sources({ 'requirements.txt': 'idna==3.10\n' }),
            stages.map((stage) => ({ commandHooks: hook, executor: 'host', ...given(stage) })),
          );
          assert.equal(
            functions.map((each) => textIn(each, 'stage.txt')),
            stages,
          );
        });
  },
);

row(
  'a local package writes `SETUPTOOLS_SCM_PRETEND_VERSION` into its module as it is built; two values',
  'each function has the version that its own value says',
  async (tryCase) => {
    const code = "MODULE = os.environ.get('SETUPTOOLS_SCM_PRETEND_VERSION', 'none')";
    const files = packageFiles({ name: 'evil', code });
    for (const tool of TOOLS)
      await tryCase(tool, () => {
        const entry = sources({
          'requirements.txt': './evil\n',
          'evil/pyproject.toml': files['pyproject.toml'] ?? '',
          'evil/own_backend.py': files['own_backend.py'] ?? '',
        });
        const versions = ['1.0.0', '2.0.0'];
        const functions = synthesized(
          machine(tool),
          entry,
          versions.map((version) => ({
            executor: 'host',
            environment: { SETUPTOOLS_SCM_PRETEND_VERSION: version },
          })),
        );
        assert.equal(
          functions.map((each) => textIn(each, 'evil.py')),
          versions,
        );
      });
  },
);

row(
  'a variable whose name has the word of a credential in it, and is none (`MAX_TOKENS`), differs; a hook writes it',
  'two bundles, each with its own value, and no warning',
  async (tryCase) => {
    for (const name of ['MAX_TOKENS', 'TOKEN_TTL', 'PASSWORD_MIN_LENGTH', 'API_KEY_HEADER', 'apiTokenCount'])
      await tryCase(name, () => {
        const values = ['1', '2'];
        const functions = synthesized(
          machine('uv'),
          sources({ 'requirements.txt': '' }),
          values.map((value) => ({
            commandHooks: hookThatWrites(name),
            executor: 'host',
            environment: { [name]: value },
          })),
        );
        assert.equal(
          functions.map((each) => textIn(each, 'value.txt')),
          values,
        );
        assert.equal(
          functions.flatMap((fn) => PythonFunction.planOf(fn).warnings),
          [],
        );
      });
  },
);

row(
  'the name of a local package ends with the word of a credential (`my-token`), and its version comes from a variable',
  'each function has the version that its own value says',
  async (tryCase) => {
    const name = 'SETUPTOOLS_SCM_PRETEND_VERSION_FOR_MY_TOKEN';
    const files = packageFiles({ name: 'my_token', code: `MODULE = os.environ.get('${name}', 'none')` });
    for (const tool of TOOLS)
      await tryCase(tool, () => {
        const versions = ['1.0', '2.0'];
        const functions = synthesized(
          machine(tool),
          sources({
            'requirements.txt': './lib\n',
            'lib/pyproject.toml': files['pyproject.toml'] ?? '',
            'lib/own_backend.py': files['own_backend.py'] ?? '',
          }),
          versions.map((version) => ({ executor: 'host', environment: { [name]: version } })),
        );
        assert.equal(
          functions.map((each) => textIn(each, 'my_token.py')),
          versions,
        );
      });
  },
);

row(
  'a hook reads a variable that does not count: by its name, or because it is in a URL',
  'a warning names the variable',
  async (tryCase) => {
    const ways: Readonly<Record<string, readonly [string, readonly string[], readonly string[]]>> = {
      GITHUB_TOKEN: ['secret-1', ['GITHUB_TOKEN'], []],
      MIRROR: ['https://user:secret-1@host.example/x', [], ['MIRROR']],
    };
    for (const [name, [value, names, urls]] of Object.entries(ways))
      await tryCase(name, () => {
        const functions = synthesized(machine('uv'), sources({ 'requirements.txt': '' }), [
          { commandHooks: hookThatWrites(name), executor: 'host', environment: { [name]: value } },
        ]);
        assert.equal(
          functions.flatMap((fn) => PythonFunction.planOf(fn).warnings),
          [{ _tag: 'UncountedVariable', names, urls }],
        );
        assert.not.match(JSON.stringify(functions.map((fn) => PythonFunction.planOf(fn))), 'secret-1');
      });
  },
);

row(
  'two functions with the same pin and no hash; each names an index of its own, by HTTP or by a folder',
  'each function has what its own index has',
  async (tryCase) => {
    const says = ['A = 1', 'A = 2'] as const;
    const both = async (work: (urls: readonly string[]) => Promise<void>): Promise<void> =>
      serving(indexOf(says[0]), (first) => serving(indexOf(says[1]), (second) => work([first, second])));
    await both(async (urls) => {
      const folders = says.map(indexOf);
      const files = folders.map((folder) => `file://${folder}/simple`);
      const ways: Readonly<Record<string, (index: number) => BundlingOptions['environment']>> = {
        UV_DEFAULT_INDEX: (index) => ({ UV_DEFAULT_INDEX: urls[index] ?? '' }),
        PIP_INDEX_URL: (index) => ({ PIP_INDEX_URL: urls[index] ?? '' }),
        'PIP_INDEX_URL, a file URL': (index) => ({ PIP_INDEX_URL: files[index] ?? '' }),
      };
      for (const tool of TOOLS)
        for (const [way, given] of Object.entries(ways))
          await tryCase(`${tool}, ${way}`, () => {
            const functions = synthesized(
              machine(tool),
              sources({ 'requirements.txt': 'lib==1\n' }),
              says.map((_, index) => ({
                executor: 'host',
                sdist: 'forbid',
                environment: given(index) ?? {},
              })),
            );
            assert.equal(
              functions.map((each) => textIn(each, 'lib.py')),
              says,
            );
          });
    });
  },
);

row(
  'a folder is the index, by a `file:` URL in a line, an option or a variable; a wheel in it changes',
  'the changed wheel ships',
  async (tryCase) => {
    const ways: Readonly<
      Record<
        string,
        (url: string) => {
          readonly line: string;
          readonly bundling?: BundlingOptions;
          readonly index?: string;
          readonly extraIndexes?: readonly string[];
        }
      >
    > = {
      '--index-url': (url) => ({ line: `--index-url ${url}\n` }),
      '-i': (url) => ({ line: `-i ${url}\n` }),
      '--extra-index-url': (url) => ({ line: `--extra-index-url ${url}\n` }),
      'dependencies.index': (url) => ({ line: '', index: url }),
      'dependencies.extraIndexes': (url) => ({ line: '', extraIndexes: [url] }),
      UV_DEFAULT_INDEX: (url) => ({ line: '', bundling: { environment: { UV_DEFAULT_INDEX: url } } }),
      PIP_FIND_LINKS: (url) => ({
        line: '',
        bundling: {
          environment: { PIP_NO_INDEX: '1', PIP_FIND_LINKS: `${url.replace('file://', '')}/lib` },
        },
      }),
    };
    for (const tool of TOOLS)
      for (const [way, declared] of Object.entries(ways)) {
        // pip alone installs nothing of a further index (index-order.test.ts).
        if (tool === 'pip' && /extra/i.test(way)) continue;
        await tryCase(`${tool}, ${way}`, () => {
          const environment = machine(tool);
          const folder = indexOf('A = 1');
          const { line, bundling = {}, ...dependencies } = declared(`file://${folder}/simple`);
          const entry = sources({ 'requirements.txt': `${line}lib==1\n` });
          const made = (): string =>
            withEnvironment(environment, () => {
              const app = realApp();
              const each = functionIn(new Stack(app, 'Stack'), 'F', {
                entry,
                dependencies,
                bundling: { packaging: 'directory', executor: 'host', ...bundling },
              });
              app.synth();
              return textIn(each, 'lib.py');
            });
          assert.is(made(), 'A = 1');
          fs.cpSync(path.join(indexOf('A = 2'), 'simple'), path.join(folder, 'simple'), { recursive: true });
          assert.is(made(), 'A = 2');
        });
      }
  },
);

run();
