import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showPlanError } from '../../src/plan/errors/plan-error';
import type { PlanError } from '../../src/plan/errors/plan-error';
import { ADVICE_OF_DECLARATIONS } from '../support/advice-of-declarations';
import { ADVICE_OF_LOCK_SETTINGS } from '../support/advice-of-lock-settings';
import { ADVICE_OF_SOURCES } from '../support/advice-of-sources';
import type { AdviceRow } from '../support/advice-row';
import { errorsOf } from '../support/advice-row';

const test = suite('the advice of messages about plans works when it is followed');

/** A new error has to say here where its advice is tried. */
const ADVICE: Readonly<Record<PlanError['_tag'], AdviceRow | string>> = {
  ...ADVICE_OF_SOURCES,
  ...ADVICE_OF_DECLARATIONS,
  ...ADVICE_OF_LOCK_SETTINGS,
};

for (const [tag, tried] of Object.entries(ADVICE)) {
  if (typeof tried === 'string') continue;
  test(tag, () => {
    const [error, ...others] = errorsOf(tried.wrong);
    assert.equal([error?._tag, ...others.map(({ _tag }) => _tag)], [tag]);
    const message = error === undefined ? '' : showPlanError(error);
    for (const [words, project] of Object.entries(tried.advice)) {
      assert.ok(message.includes(words), `${words} is not in: ${message}`);
      assert.equal(errorsOf(tried.wrong, project), [], words);
    }
  });
}

test.run();
