import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runBatch } from '../../../src/exec/batch/batch';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../../src/plan/request/bundle-request';
import { sha256 } from '../../../src/plan/values/hash';
import { testWorld } from '../../support/live-world';
import type { OpenIndex } from '../../support/open-index';
import { openIndex } from '../../support/open-index';
import { environmentWith } from '../../support/python-tools';
import { packageFiles } from '../../support/sdist';
import { temporaryFolder } from '../../support/temporary';
import type { WheelOptions } from '../../support/wheel';
import { wheelFolder } from '../../support/wheel';
import { planWith } from '../support/plans';

const test = suite('one file of two distributions');

const BOTH = ['uv', 'pip'] as const;

/** uv may give another file in each run; pip gives the same. */
const RUNS = { uv: 3, pip: 1 };

/** A wheel that says in each of its files which distribution it is of. */
const wheel = (name: string, files: readonly string[], options: WheelOptions = {}): string =>
  wheelFolder(name, Object.fromEntries([`${name}.py`, ...files].map((file) => [file, `# ${name}\n`])), {
    isHashed: true,
    ...options,
  });

const A = wheel('clash_a', ['same/x.py', 'LICENSE'], { requires: ['clash-z'] });
const M = wheel('clash_m', ['same/x.py', 'same/y.py', 'tests/__init__.py']);
const Z = wheel('clash_z', ['same/y.py', 'LICENSE']);

interface Made {
  /** What some files of the bundle say, by their paths. */
  readonly files: Readonly<Record<string, string>>;
  readonly told: readonly string[];
}

/** What comes of a set, in an empty store. */
const make = async (
  { url }: OpenIndex,
  tool: 'uv' | 'pip',
  requirements: string,
  changes: Partial<BundleRequest> = {},
  tree: Readonly<Record<string, string>> = {},
): Promise<Made> => {
  const plan = planWith(`--index-url ${url}\n${requirements}\n`, changes, tree);
  const world = await testWorld({
    ...environmentWith({ [tool]: true }),
    CDK_LAMBDA_PYTHON_CACHE: path.join(temporaryFolder(), 'store'),
    UV_CACHE_DIR: temporaryFolder(),
  });
  const told: string[] = [];
  const progress = { ...world.progress, end: (_: string, note?: string) => void (note && told.push(note)) };
  const [report] = await runBatch({ ...world, progress }, [{ plan, environment: {} }]);
  if (report?.outcome._tag !== 'Bundled')
    throw new Error(report?.outcome._tag === 'Failed' ? showExecutionError(report.outcome.error) : '?');
  const textOf = (file: string): string => fs.readFileSync(path.join(plan.output.path, file), 'utf8').trim();
  const files = ['same/x.py', 'same/y.py', 'LICENSE', 'tests/__init__.py', 'clash_pk.py'].filter((file) =>
    fs.existsSync(path.join(plan.output.path, file)),
  );
  return {
    files: Object.fromEntries(files.map((file) => [file, textOf(file)])),
    told: told.filter((line) => line.includes('is a file of')),
  };
};

const withIndex = async (folders: readonly string[], work: (index: OpenIndex) => Promise<void>) => {
  const index = await openIndex(...folders);
  try {
    await work(index);
  } finally {
    index.close();
  }
};

const hashOf = (folder: string): string => {
  const [file = ''] = fs.readdirSync(folder);
  return `--hash=sha256:${sha256(fs.readFileSync(path.join(folder, file)))}`;
};

/** uv installs side by side, so that chance would decide; pip has one order. */
const MANY = { uv: 6, pip: 2 };

for (const tool of BOTH)
  test(`${tool}: the bundle has the file of the one whose name sorts last, in each of ${MANY[tool]} runs`, () =>
    withIndex([A, M, Z], async (index) => {
      for (let run = 0; run < MANY[tool]; run += 1)
        assert.equal(await make(index, tool, ['clash-z', 'clash-a', 'clash-m'].join('\n')), {
          files: {
            'same/x.py': '# clash_m',
            'same/y.py': '# clash_z',
            LICENSE: '# clash_z',
            'tests/__init__.py': '# clash_m',
          },
          told: [
            'LICENSE is a file of both clash_a-1 and clash_z-1, and the bundle has the file of clash_z-1, whose name sorts last',
            'same/x.py is a file of both clash_a-1 and clash_m-1, and the bundle has the file of clash_m-1, whose name sorts last',
            'same/y.py is a file of both clash_m-1 and clash_z-1, and the bundle has the file of clash_z-1, whose name sorts last',
          ],
        });
    }));

for (const tool of BOTH)
  test(`${tool}: so it has where only the other one needs it, and where hashes are declared`, () =>
    withIndex([A, Z], async (index) => {
      const hashed = `clash-a==1 ${hashOf(A)}\nclash-z==1 ${hashOf(Z)}`;
      for (const requirements of ['clash-a', 'clash-a==1\nclash-z==1', hashed])
        for (let run = 0; run < RUNS[tool]; run += 1)
          assert.equal(
            (await make(index, tool, requirements)).files,
            { 'same/x.py': '# clash_a', 'same/y.py': '# clash_z', LICENSE: '# clash_z' },
            requirements,
          );
    }));

for (const tool of BOTH)
  test(`${tool}: what is left out gives its file to what stays`, () =>
    withIndex([M, Z], async (index) => {
      const dependencies = { ...DEFAULT_DEPENDENCIES, omit: ['clash_Z'] };
      for (let run = 0; run < RUNS[tool]; run += 1)
        assert.equal(await make(index, tool, 'clash-m\nclash-z', { dependencies }), {
          files: { 'same/x.py': '# clash_m', 'same/y.py': '# clash_m', 'tests/__init__.py': '# clash_m' },
          told: [],
        });
    }));

for (const tool of BOTH)
  test(`${tool}: the same of a whole build, before the commands that see it`, () =>
    withIndex([M, Z], async (index) => {
      const changes = { hooks: { before: [], after: ['cp same/y.py tests/__init__.py'] } };
      for (let run = 0; run < RUNS[tool]; run += 1)
        assert.equal((await make(index, tool, 'clash-m\nclash-z', changes)).files, {
          'same/x.py': '# clash_m',
          'same/y.py': '# clash_z',
          LICENSE: '# clash_z',
          'tests/__init__.py': '# clash_z',
        });
    }));

for (const tool of BOTH)
  test(`${tool}: the same of a local package, which is built`, () =>
    withIndex([wheel('clash_b', ['clash_pk.py'])], async (index) => {
      const pk = Object.entries(packageFiles({ name: 'clash_pk', code: 'MODULE = "# built\\n"' }));
      const tree = Object.fromEntries(pk.map(([file, text]) => [`pk/${file}`, text]));
      for (let run = 0; run < RUNS[tool]; run += 1)
        assert.equal((await make(index, tool, './pk\nclash-b', {}, tree)).files, {
          'clash_pk.py': '# built',
        });
    }));

for (const tool of BOTH)
  test(`${tool}: files with the same content are no clash`, () => {
    const twins = ['clash_b', 'clash_c'].map((name) =>
      wheelFolder(name, { 'same/x.py': '# both\n' }, { isHashed: true }),
    );
    return withIndex(twins, async (index) =>
      assert.equal(await make(index, tool, 'clash-b\nclash-c'), {
        files: { 'same/x.py': '# both' },
        told: [],
      }),
    );
  });

test.run();
