import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import { commandFailure } from '../../../src/exec/container/command-failure';
import { ORDER_REFUSED } from '../../../src/exec/errors/index-error';
import type { ContainerTask } from '../../../src/plan/install/container-install';
import { FURTHER_INDEXES } from '../../../src/plan/install/index-order';
import { temporaryFolder, writeTree } from '../../support/temporary';
import { MADE as made, runScript as run } from '../support/container-runs';
import { planWith } from '../support/plans';

const test = suite('the order of package indexes in a build container');

/** A run where nothing pins the versions, with an installer that writes down the indexes that it gets. */
const unpinned = (
  names: readonly ('uv' | 'pip')[],
  environment: NodeJS.ProcessEnv,
  changes: Partial<ContainerTask> = {},
) => {
  const say = 'echo "$UV_DEFAULT_INDEX|$UV_INDEX|$UV_INSECURE_HOST|$SSL_CERT_FILE" > "$OUT/asked.py"';
  const { root, status, stderr, started } = run(
    Object.fromEntries(names.map((name) => [name, say])),
    { isPinned: false, ...changes },
    { UV_INDEX: '', ...environment },
  );
  const file = path.join(root, 'output/asked.py');
  const asked = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : '';
  return { status, stderr, started, asked };
};

test('where the order of the indexes counts, uv installs, also with the indexes of pip', () => {
  const variables = {
    PIP_INDEX_URL: 'https://d',
    PIP_EXTRA_INDEX_URL: 'https://a  https://b',
    PIP_TRUSTED_HOST: 'a',
    PIP_CERT: __filename,
  };
  const asked = (environment: NodeJS.ProcessEnv, changes: Partial<ContainerTask> = {}) => {
    const { status, started, asked } = unpinned(['uv', 'pip'], environment, changes);
    assert.equal([status, started], [0, ['uv']]);
    return asked;
  };
  assert.is(asked(variables), `https://d|https://a https://b|a|${__filename}`);
  assert.is(asked({ PIP_INDEX_URL: 'https://d' }, { isOrdered: true }), 'https://d|||');
  assert.is(asked({ ...variables, UV_INDEX: 'https://u' }), `|https://u|a|${__filename}`);
  assert.is(asked({ PIP_INDEX_URL: 'https://d' }, { installer: 'uv' }), 'https://d|||');
  const home = temporaryFolder();
  writeTree(home, {
    '.config/pip/pip.conf':
      '[global]\nindex-url = https://g\nno_index = false\n[install]\nextra_index-url =\n  https://a\n  https://b\n',
  });
  assert.is(asked({ HOME: home }), 'https://g|https://a https://b||');
});

test('where the order of the indexes counts, pip does not install, neither alone nor after uv', () => {
  const refused = (by: string, environment: NodeJS.ProcessEnv, changes: Partial<ContainerTask> = {}) => {
    const { status, stderr, started } = unpinned(['pip'], environment, changes);
    assert.equal([status, stderr, started], [1, `${ORDER_REFUSED} ${by}\n`, []], by);
  };
  refused('line', {}, { isOrdered: true });
  for (const name of FURTHER_INDEXES) refused(name, { [name]: 'https://a' });
  const home = temporaryFolder();
  writeTree(home, { '.config/pip/pip.conf': '[global]\nextra-index-url = https://a\n' });
  refused('pip.conf', { HOME: home });
  refused('pip.conf', { PIP_CONFIG_FILE: path.join(home, '.config/pip/pip.conf') });
  const after = run(
    { uv: 'exit 2', pip: made },
    { isPinned: false, isOrdered: true },
    { UV_INDEX: '', PIP_INDEX_URL: 'https://d' },
  );
  assert.equal([after.status, after.started], [2, ['uv']]);
});

test('where the order of the indexes decides nothing, pip installs', () => {
  const installs = (environment: NodeJS.ProcessEnv, changes: Partial<ContainerTask> = {}) =>
    assert.equal(unpinned(['pip'], environment, changes).started, ['pip']);
  installs({ PIP_INDEX_URL: 'https://d' });
  installs({ UV_INDEX: 'https://a', UV_INDEX_STRATEGY: 'unsafe-best-match' });
  installs({ UV_INDEX_STRATEGY: 'unsafe-best-match' }, { isOrdered: true });
  installs({ UV_INDEX: 'https://a' }, { isPinned: true });
  installs({ UV_INDEX: 'https://a' }, { installer: 'pip', isOrdered: true });
  const home = temporaryFolder();
  writeTree(home, { '.config/pip/pip.conf': '[global]\nextra-index-url = https://a\n' });
  // The requirements name an index: the other side has set those of the variables to nothing.
  installs({ HOME: home, PIP_EXTRA_INDEX_URL: '' });
  installs({ HOME: home, PIP_CONFIG_FILE: '/dev/null' });
});

const FROM = 'Further package indexes come from';

test('what a container has printed of it becomes an error, with docker as on a builder', () => {
  const plan = planWith('--extra-index-url https://a/simple\nsix\n', { executor: 'docker' });
  const { install } = plan;
  if (install === null) throw new Error('nothing is installed');
  const said = (by: string): string =>
    showExecutionError(
      commandFailure({ plan, install }, 'pip in image', {
        exitCode: 1,
        signal: null,
        stdout: '',
        output: `noise\n${ORDER_REFUSED} ${by}\n`,
      }),
    );
  const rest = `. A package comes from the first index that has its name, and from no other. pip takes the best version of all indexes, so a stranger could publish a newer version of a private package. Only pip in ${install.docker.image} was found, which cannot do this. Install uv on this machine (on Linux, a container for this machine's processor uses it), lock the dependencies, or name one index that has all packages (\`dependencies.index\`).`;
  assert.is(
    said('line'),
    `${FROM} \`dependencies.extraIndexes\` or \`--extra-index-url\` of the requirements${rest}`,
  );
  assert.is(said('pip.conf'), `${FROM} the image's pip.conf${rest}`);
  assert.is(said('UV_INDEX'), `${FROM} the variable UV_INDEX, or a uv.toml that says the same${rest}`);
  assert.is(
    said('PIP_EXTRA_INDEX_URL'),
    `${FROM} the variable PIP_EXTRA_INDEX_URL, or a pip.conf that says the same${rest}`,
  );
});

test.run();
