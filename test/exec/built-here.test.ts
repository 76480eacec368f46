import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BOTH, machine, madeOn, told } from '../hostile/machines';
import { sourceDistribution } from '../support/sdist';
import { wheelFolder } from '../support/wheel';
import { planWith } from './support/plans';

const test = suite('what was built on this machine, and scripts of wheels');

for (const tool of BOTH) {
  test(`${tool}: a line names each source distribution that was built here`, async () => {
    const archive = sourceDistribution({ name: 'corp', code: `MODULE = 'BUILT = 1\\n'` });
    const plan = planWith(`--no-index\n--find-links ${path.dirname(archive)}\ncorp==1\n`);
    const lines = await told(async () => assert.is(await madeOn(plan, machine(tool)), 'BUILT = 1'));
    assert.equal(
      lines.filter((line) => line.includes('from source')),
      ['cdk-lambda-python: built on this machine from source: corp 1'],
    );
  });

  test(`${tool}: a script of a wheel that is no Python launcher stays in bin`, async () => {
    const script = '#!/bin/sh\necho tool\n';
    const files = {
      'corp.py': 'X = 1\n',
      'corp-1.data/scripts/tool': script,
      'corp-1.data/scripts/launcher': '#!python\nprint()\n',
    };
    const wheels = wheelFolder('corp', files, { modes: { 'corp-1.data/scripts/tool': 0o100755 } });
    const plan = planWith(`--no-index\n--find-links ${wheels}\ncorp==1\n`);
    assert.is(await madeOn(plan, machine(tool)), 'X = 1');
    const bin = path.join(plan.output.path, 'bin');
    assert.equal(fs.readdirSync(bin), ['tool']);
    assert.is(fs.readFileSync(path.join(bin, 'tool'), 'utf8'), script);
    assert.is(fs.statSync(path.join(bin, 'tool')).mode & 0o111, 0o111);
  });
}

test.run();
