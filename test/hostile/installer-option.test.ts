import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { machineDigest } from '../../src/exec/machine/machine-digest';
import { NO_UV, noUvInContainer } from '../../src/exec/install/needs-uv';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import { planWith } from '../exec/support/plans';
import { environmentWith } from '../support/python-tools';
import { openIndex } from '../support/open-index';
import { reliabilityTable } from '../support/reliability-table';
import { wheelFolder } from '../support/wheel';
import { BOTH, machine, madeOn } from './machines';

const test = suite('the installer that is asked for');
const { row, run } = reliabilityTable(test, 'hostile: the installer that is asked for');

const OURS = wheelFolder('corp', { 'corp.py': 'WHOSE = "ours"\n' });
const STRANGERS = wheelFolder('corp', { 'corp.py': 'WHOSE = "stranger"\n' }, { version: '9' });

row(
  'both installers are there, a further index has an older copy, and `bundling.installer` says which one installs',
  'uv takes the first index that has the name, pip the best version of all',
  async (tryCase) => {
    const [ours, strangers] = [await openIndex(OURS), await openIndex(STRANGERS)];
    const text = `--index-url ${strangers.url}\n--extra-index-url ${ours.url}\ncorp\n`;
    const both = { ...machine('uv'), PATH: environmentWith({ uv: true, pip: true })['PATH'] };
    try {
      for (const [installer, whose] of [
        ['uv', 'ours'],
        ['pip', 'stranger'],
      ] as const)
        await tryCase(installer, async () => {
          assert.is(await madeOn(planWith(text, { installer }), both), `WHOSE = "${whose}"`);
        });
    } finally {
      ours.close();
      strangers.close();
    }
  },
);

row(
  'the installer that is asked for is not there, or too old, and the other one is',
  'an error that says what was looked for; the other one does not install',
  async (tryCase) => {
    const index = await openIndex(OURS);
    try {
      for (const installer of BOTH) {
        const other = installer === 'uv' ? 'pip' : 'uv';
        await tryCase(`${installer}, and only ${other} is there`, async () => {
          const plan = planWith(`--index-url ${index.url}\ncorp\n`, { installer });
          const said = await madeOn(plan, machine(other));
          assert.ok(
            said.startsWith(
              `\`bundling.installer\` is "${installer}", which was not found, or is too old. Looked for: `,
            ),
            said,
          );
          const way =
            installer === 'uv' ? /Install uv \(\S+\) 0\.9\.16 or newer/ : /Install pip 23\.0 or newer/;
          assert.match(said, way);
        });
      }
      await tryCase('uv, and a container has none', () => {
        const { install } = planWith('six\n', { installer: 'uv', executor: 'docker' });
        if (install === null) throw new Error('nothing is installed');
        const error = noUvInContainer(install, `${NO_UV}\n`);
        assert.is(
          error && showExecutionError(error),
          `\`bundling.installer\` is "uv", which was not found, or is too old. Looked for: uv on this machine, to be used in ${install.docker.image}. Install uv (https://docs.astral.sh/uv/) 0.9.16 or newer, or leave the option out: then uv installs if it is found, else pip.`,
        );
        return Promise.resolve();
      });
    } finally {
      index.close();
    }
  },
);

test('two functions of an app with different installers have keys of their own', () => {
  const digest = machineDigest({}, ({ host }) => host.tools[0]?.tool);
  assert.is.not(
    digest(planWith('six\n', { installer: 'uv' })),
    digest(planWith('six\n', { installer: 'pip' })),
  );
});

run();
