import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isTakenModule } from '../../../src/plan/target/preloaded-modules';

const test = suite('taken modules');

test('what the runtime client has imported is taken; other names are free, those of Object included', () => {
  const taken = ['json', 'logging', 'random', 'time', 'sys', 'awslambdaric', 'zlib', 'abc'];
  const free = ['index', 'app', 'email', 'Json', 'json_', '', ' ', 'constructor', '__proto__', 'stack'];
  assert.equal([...taken, ...free].filter(isTakenModule), taken);
});

test.run();
