import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { functionIn, messageOf, realApp, sources, withEnvironment } from '../construct/app';
import { folderOf } from '../exec/requests';
import type { BundlingOptions, PythonFunction } from '../../src/construct/index';
import { freePort } from '../support/free-port';
import { environmentWith, hostPython } from '../support/python-tools';
import { reliabilityTable } from '../support/reliability-table';
import { packageFiles } from '../support/sdist';
import { temporaryFolder } from '../support/temporary';
import { wheelFolder } from '../support/wheel';

const suiteOfDeclared = suite('what the app declares, as attack');
const { row, run } = reliabilityTable(suiteOfDeclared, 'hostile: what the app declares');

const TOOLS = ['uv', 'pip'] as const;

type Tool = (typeof TOOLS)[number];

/** A machine with one installer and a store of its own. */
const machine = (tool: Tool): NodeJS.ProcessEnv => ({
  ...environmentWith({ [tool]: true }),
  CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  UV_CACHE_DIR: temporaryFolder(),
  PIP_CACHE_DIR: temporaryFolder(),
});

/** Makes one function for each set of options from one folder, in one app. */
const synthesized = (
  environment: NodeJS.ProcessEnv,
  entry: string,
  options: readonly BundlingOptions[],
): readonly PythonFunction[] =>
  withEnvironment(environment, () => {
    const app = realApp();
    const stack = new Stack(app, 'Stack');
    const functions = options.map((bundling, index) =>
      functionIn(stack, `F${index}`, { entry, bundling: { packaging: 'directory', ...bundling } }),
    );
    app.synth();
    return functions;
  });

const textIn = ({ plan }: PythonFunction, file: string): string =>
  fs.readFileSync(path.join(plan.output.path, file), 'utf8').trim();

const refusal = (entry: string, bundling: BundlingOptions): string => {
  const { plan } = { plan: () => functionIn(new Stack(realApp(), 'Stack'), 'F', { entry, bundling }).plan };
  return messageOf(plan);
};

/** A wheel `lib` 1 whose module says this. */
const wheelOf = (says: string): string => wheelFolder('lib', { 'lib.py': `${says}\n` });

/** The same in a folder that is laid out as a package index. */
const indexOf = (says: string): string => {
  const [name = ''] = fs.readdirSync(wheelOf(says));
  const folder = temporaryFolder();
  const project = path.join(folder, 'simple', 'lib');
  fs.mkdirSync(project, { recursive: true });
  fs.copyFileSync(path.join(wheelOf(says), name), path.join(project, name));
  fs.writeFileSync(path.join(project, 'index.html'), `<a href="${name}">${name}</a>\n`);
  return folder;
};

/** Serves a folder until the work ends, from a process of its own: a synthesis blocks this one. */
const serving = async (folder: string, work: (url: string) => Promise<void>): Promise<void> => {
  const port = await freePort();
  const server = spawn(hostPython(), ['-m', 'http.server', String(port), '--bind', '127.0.0.1'], {
    cwd: folder,
    stdio: 'ignore',
  });
  try {
    const url = `http://127.0.0.1:${port}/simple`;
    for (let tries = 0; tries < 200; tries += 1) {
      if (
        await fetch(url).then(
          () => true,
          () => false,
        )
      )
        break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await work(url);
  } finally {
    const ended = once(server, 'exit');
    server.kill();
    await ended;
  }
};

const hook = {
  beforeBundling: () => [],
  afterBundling: (_: string, output: string) => [`echo "$STAGE" > "${output}/stage.txt"`],
};

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
    const code = `
with open('scm_version.py', 'w') as module:
    module.write(os.environ.get('SETUPTOOLS_SCM_PRETEND_VERSION', 'none'))
`;
    const files = packageFiles({ name: 'evil', code });
    const own = files['own_backend.py']?.replace(
      '"evil.py": ""',
      '"evil.py": os.environ.get("SETUPTOOLS_SCM_PRETEND_VERSION", "none")',
    );
    for (const tool of TOOLS)
      await tryCase(tool, () => {
        const entry = sources({
          'requirements.txt': './evil\n',
          'evil/pyproject.toml': files['pyproject.toml'] ?? '',
          'evil/own_backend.py': own ?? '',
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
      for (const [way, declared] of Object.entries(ways))
        await tryCase(`${tool}, ${way}`, () => {
          const environment = machine(tool);
          const folder = indexOf('A = 1');
          const { line, bundling = {}, ...dependencies } = declared(`file://${folder}/simple`);
          const entry = sources({ 'requirements.txt': `${line}lib==1\n` });
          const made = (): string =>
            withEnvironment({ ...environment, UV_CACHE_DIR: temporaryFolder() }, () => {
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
  },
);

row(
  'a variable stands in a version, a name, an extra or a marker; in the file, an include or a constraint',
  'the plan refuses it and says the file and the line',
  async (tryCase) => {
    const lines = {
      version: 'six==${SIXV}',
      name: '${SIX}==1.17.0',
      extra: 'requests[${EXTRA}]==2.32.3',
      marker: 'six==1.17.0 ; python_version > "${LEAST}"',
      'marker of a URL': 'six @ https://h/six-1.17.0-py3-none-any.whl ; python_version > "${LEAST}"',
      hash: 'six==1.17.0 --hash=sha256:${DIGEST}',
      option: '--only-binary ${NAME}',
    };
    const places: Readonly<Record<string, (line: string) => Readonly<Record<string, string>>>> = {
      file: (line) => ({ 'requirements.txt': `idna==3.10\n${line}\n` }),
      include: (line) => ({ 'requirements.txt': '-r more.txt\n', 'more.txt': `idna==3.10\n${line}\n` }),
      constraint: (line) => ({
        'requirements.txt': 'six\n-c more.txt\n',
        'more.txt': `idna==3.10\n${line}\n`,
      }),
    };
    for (const [what, line] of Object.entries(lines))
      for (const [place, files] of Object.entries(places))
        await tryCase(`${what}, ${place}`, () => {
          const message = refusal(sources(files(line)), { executor: 'host' });
          const file = place === 'file' ? 'requirements' : 'more';
          assert.match(message, new RegExp(`${file}\\.txt:2 has a variable in `));
          assert.match(message, 'Variables may stand in URLs and in options that name an index');
        });
  },
);

row(
  'two functions with the same command and other `volumes`; one with `volumesFrom`',
  'two hashes by what a small read-only folder of the project holds, or by `volumesDigest`; else a refusal',
  async (tryCase) => {
    const command = ['sh', '-c', 'cp -r /model/. /asset-output'];
    const project = folderOf({
      'package.json': '{}',
      'fn/index.py': 'def handler(event, context):\n    return 1\n',
      'one/model.txt': '1',
      'two/model.txt': '2',
    });
    const entry = path.join(project, 'fn');
    const outside = folderOf({ 'model.txt': '3' });
    const assetOf = (bundling: BundlingOptions): string =>
      functionIn(new Stack(realApp(), 'Stack'), 'F', { entry, bundling: { command, ...bundling } }).plan.hash
        .asset;
    const mounted = (hostPath: string, readOnly?: boolean): BundlingOptions => ({
      volumes: [{ hostPath, containerPath: '/model', ...(readOnly === undefined ? {} : { readOnly }) }],
    });
    const [one, two] = [path.join(project, 'one'), path.join(project, 'two')];
    await tryCase('by content', () => {
      assert.is.not(assetOf(mounted(one, true)), assetOf(mounted(two, true)));
    });
    await tryCase('by a text', () => {
      const [a, b] = ['a', 'b'].map((volumesDigest) => assetOf({ ...mounted(outside), volumesDigest }));
      assert.is.not(a, b);
    });
    await tryCase('volumesFrom, by a text', () => {
      const [a, b] = ['a', 'b'].map((volumesDigest) => assetOf({ volumesFrom: ['models'], volumesDigest }));
      assert.is.not(a, b);
    });
    for (const [what, bundling] of Object.entries({
      'one that may be written to': mounted(one),
      'one outside of the project': mounted(outside, true),
      'volumes of another container': { volumesFrom: ['models'] },
    }))
      await tryCase(what, () => {
        const message = refusal(entry, { command, ...bundling });
        assert.match(message, '`readOnly: true`');
        assert.match(message, '`bundling.volumesDigest`');
      });
  },
);

row(
  '`bundling.environment` switches checks of hashes off',
  'the plan refuses it, and names the variable',
  async (tryCase) => {
    const entry = sources({ 'requirements.txt': 'six==1.17.0\n' });
    for (const [name, value] of [
      ['UV_NO_VERIFY_HASHES', '1'],
      ['UV_NO_VERIFY_HASHES', 'true'],
      ['UV_VERIFY_HASHES', '0'],
    ] as const)
      await tryCase(`${name}=${value}`, () => {
        assert.match(
          refusal(entry, { environment: { [name]: value } }),
          `\`bundling.environment.${name}\` is set to switch checks off, but must be left out`,
        );
      });
  },
);

run();
