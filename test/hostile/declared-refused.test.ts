import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PythonFunction } from '../../src/construct/index';
import type { BundlingOptions } from '../../src/construct/index';
import { functionIn, realApp, sources } from '../construct/support/app';
import { folderOf } from '../exec/support/requests';
import { refusal } from '../support/declared-app';
import { reliabilityTable } from '../support/reliability-table';

const suiteOfRefused = suite('what the app declares and no hash could have');
const { row, run } = reliabilityTable(suiteOfRefused, 'hostile: what no hash could have');

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
          assert.match(message, 'a variable may only stand for the user name or the password of a URL');
        });
  },
);

row(
  'two functions with the same command and other `volumes`; one with `volumesFrom`',
  'two hashes by what a small read-only folder of the project holds, or by `volumesDigest`; else a warning, and a bundle for one function alone',
  async (tryCase) => {
    const command = ['sh', '-c', 'cp -r /model/. /asset-output'];
    const project = folderOf({
      'package.json': '{}',
      'fn/index.py': 'def handler(event, context):\n    return 1\n',
      'one/model.txt': '1',
      'two/model.txt': '2',
    });
    const entry = path.join(project, 'fn');
    // Temporary folders may lie beside a checkout in one folder.
    const outside = path.dirname(process.execPath);
    const assetOf = (bundling: BundlingOptions): string =>
      PythonFunction.planOf(
        functionIn(new Stack(realApp(), 'Stack'), 'F', { entry, bundling: { command, ...bundling } }),
      ).hash.asset;
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
        const stack = new Stack(realApp(), 'Stack');
        const options = { entry, bundling: { command, ...bundling } };
        const [one, other] = ['One', 'Other'].map((id) =>
          PythonFunction.planOf(functionIn(stack, id, options)),
        );
        assert.is.not(one?.hash.asset, other?.hash.asset, 'shared with no other function');
        assert.equal(
          one?.warnings.map(({ _tag }) => _tag).filter((tag) => tag === 'VolumeNotCounted'),
          ['VolumeNotCounted'],
        );
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

row(
  '`bundling.environment` has the URL of an index that uv and pip would read differently; `volumesDigest` is blank',
  'the plan refuses it, and shows no password',
  async (tryCase) => {
    const entry = sources({ 'requirements.txt': 'six==1.17.0\n' });
    for (const name of ['UV_DEFAULT_INDEX', 'UV_FIND_LINKS', 'PIP_INDEX_URL', 'PIP_EXTRA_INDEX_URL'])
      await tryCase(name, () => {
        const message = refusal(entry, { environment: { [name]: 'http://me:s3cret@127.0.0.1\\@h/simple' } });
        assert.match(
          message,
          `\`bundling.environment.${name}\` has a URL that uv and pip would not read alike`,
        );
        assert.not.match(message, 's3cret');
      });
    const volumes = [{ hostPath: entry, containerPath: '/model', readOnly: true }];
    await tryCase('volumesDigest', () => {
      const message = refusal(entry, { executor: 'docker', volumes, volumesDigest: '' });
      assert.match(message, '`bundling.volumesDigest` is "", but must be a text that is not blank');
    });
  },
);

run();
