import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Privileges } from '../../../src/plan/install/container-privileges';
import {
  COPYING_PRIVILEGES,
  LEAST_PRIVILEGES,
  privilegeArguments,
} from '../../../src/plan/install/container-privileges';

const test = suite('privileges of a container');

const of = (changes: Partial<Privileges>): string =>
  privilegeArguments({ user: null, ...LEAST_PRIVILEGES, ...changes }).join(' ');

const NO_NEW = '--security-opt no-new-privileges';
const LIMIT = '--pids-limit 1024';

test('the least: no capability, no new privileges, not any number of processes', () => {
  assert.is(of({}), `--cap-drop ALL ${NO_NEW} ${LIMIT}`);
  for (const user of ['1000:1000', 'build', 'rooted', '10', '1:0', 'x:root'])
    assert.is(of({ user }), `--cap-drop ALL ${NO_NEW} ${LIMIT}`, user);
});

test('root by name has the capabilities that the engine gives, unless some are named', () => {
  for (const user of ['root', '0', '0:0', 'root:root', '00', '0:1000']) {
    assert.is(of({ user }), `${NO_NEW} ${LIMIT}`, user);
    assert.is(of({ user, capAdd: [] }), `--cap-drop ALL ${NO_NEW} ${LIMIT}`, user);
    assert.is(of({ user, capAdd: ['CHOWN'] }), `--cap-drop ALL --cap-add CHOWN ${NO_NEW} ${LIMIT}`, user);
  }
});

test('capabilities, limits and security options are added', () => {
  assert.is(
    of({ capAdd: ['CHOWN', 'SETUID'], securityOpt: 'label=disable', pidsLimit: -1, memory: '2g' }),
    `--cap-drop ALL --cap-add CHOWN --cap-add SETUID ${NO_NEW} --security-opt label=disable --pids-limit -1 --memory 2g`,
  );
});

test('a word on new privileges takes the place of the default', () => {
  for (const securityOpt of ['no-new-privileges', 'no-new-privileges:false', 'no-new-privileges=true'])
    assert.is(of({ securityOpt }), `--cap-drop ALL --security-opt ${securityOpt} ${LIMIT}`);
  assert.is(
    of({ securityOpt: 'no-new-privileges-x' }),
    `--cap-drop ALL ${NO_NEW} --security-opt no-new-privileges-x ${LIMIT}`,
  );
});

test('files are given to the run’s user by a root who can do little else', () => {
  assert.is(
    privilegeArguments(COPYING_PRIVILEGES).join(' '),
    `--cap-drop ALL --cap-add CHOWN --cap-add DAC_OVERRIDE ${NO_NEW} ${LIMIT}`,
  );
});

test.run();
