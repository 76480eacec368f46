import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ExecutionError } from '../../src/exec/errors/execution-error';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import { ADVICE_OF_INSTALLS } from '../support/advice-of-installs';
import { ADVICE_OF_RUNS } from '../support/advice-of-runs';
import type { RunRow } from '../support/advice-run';
import { runOf } from '../support/advice-run';

const test = suite('the advice of messages about installs and bundles works when it is followed');

/** A new error has to say here where its advice is tried. */
const ADVICE: Readonly<Record<ExecutionError['_tag'], RunRow | string>> = {
  ...ADVICE_OF_INSTALLS,
  ...ADVICE_OF_RUNS,
};

for (const [tag, tried] of Object.entries(ADVICE)) {
  if (typeof tried === 'string') continue;
  test(tag, async () => {
    const error = await runOf(tried.wrong);
    const message = error === undefined ? 'no error' : showExecutionError(error);
    assert.is(error?._tag, tag, message);
    for (const [words, followed] of Object.entries(tried.advice)) {
      assert.ok(message.includes(words), `${words} is not in: ${message}`);
      if (typeof followed === 'string') continue;
      const left = await runOf(tried.wrong, followed);
      assert.is(left === undefined ? 'made' : showExecutionError(left), 'made', words);
    }
  });
}

test.run();
