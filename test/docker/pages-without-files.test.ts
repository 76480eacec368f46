import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { planWith } from '../exec/support/plans';
import { dockerSkipReason } from '../support/docker';
import { failsCleanly, faultEnvironment } from '../support/fault-case';
import type { MisbehavingIndex } from '../support/misbehaving-index';
import { leadsToLogIn, logIn, misbehavingIndex } from '../support/misbehaving-index';

const test = suite('a page to log in at, from a container');

const IMAGE = 'public.ecr.aws/sam/build-python3.11';

let index: MisbehavingIndex;
test.before(async () => {
  index = await misbehavingIndex();
});
test.after(() => index.close());

const wants = (text: string, change: Parameters<typeof planWith>[1] = {}): BundlePlan =>
  planWith(text, {
    executor: 'docker',
    docker: { environment: [], volumes: [], network: 'host' },
    ...change,
  });

const dockerTest = (name: string, body: () => Promise<void>): void =>
  test(name, async () => {
    const reason = dockerSkipReason(IMAGE);
    if (reason === undefined) await body();
    else console.log(`SKIPPED: ${reason}`);
  });

const FORM =
  /could not get http:\/\/127\.0\.0\.1:\d+\/simple\/demo-lib\/: it answered 200 with a page \(text\/html\) on which no file of a package is, but a form/;

for (const uv of [false, true])
  for (const sdist of ['auto', 'forbid'] as const)
    dockerTest(`pip has the last word: ${uv ? 'with' : 'without'} uv, sdist ${sdist}`, async () => {
      index.behave({ page: logIn });
      const plan = wants(`--index-url ${index.url}\ndemo-lib==1\n`, sdist === 'auto' ? {} : { sdist });
      assert.match(await failsCleanly(plan, faultEnvironment({ uv, docker: true })), FORM);
    });

dockerTest('uv alone, where indexes are asked in an order', async () => {
  index.behave({ page: leadsToLogIn });
  const text = `--index-url http://127.0.0.1:1/simple\n--extra-index-url ${index.url}\ndemo-lib==1\n`;
  const said = await failsCleanly(wants(text), faultEnvironment({ uv: true, docker: true }));
  assert.match(
    said,
    /could not get http:\/\/127\.0\.0\.1:\d+\/simple\/demo-lib\/: it answered 200 with a page of http:\/\/localhost:\d+\/sso\/login, where it led, on which no file of a package is/,
  );
  assert.not.match(said, /s3cret|TRACE|DEBUG/);
});

test.run();
