import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DockerfileOf } from '../../../src/plan/assembly/dockerfile';
import { dockerfile } from '../../../src/plan/assembly/dockerfile';
import type { Downloads } from '../../../src/plan/assembly/shared-downloads';

const test = suite('dockerfile');

const docker = (changes: Partial<DockerfileOf> = {}): DockerfileOf => ({
  image: 'public.ecr.aws/sam/build-python3.11',
  user: null,
  environment: [],
  ...changes,
});

const NETRC = '--mount=type=secret,id=netrc-file,target=/asset-netrc,mode=0444';
const CACHE = '--mount=type=cache,id=cdk-lambda-python-1000,target=/asset-cache,uid=1000';

test('an install with the folders of its context', () => {
  assert.is(
    dockerfile(docker(), 'shared'),
    [
      'FROM public.ecr.aws/sam/build-python3.11 AS install',
      'USER 0:0',
      'RUN ["sh", "-c", "mkdir -p /asset-input /asset-output /asset-bytecode /asset-cache && chmod 0777 /asset-input /asset-output /asset-bytecode /asset-cache"]',
      'COPY --chown=1000:1000 input/ /asset-input/',
      'USER 1000:1000',
      'RUN \\',
      '    --mount=type=bind,source=tools,target=/asset-tools \\',
      `    ${CACHE} \\`,
      `    ${NETRC} \\`,
      '    ["sh","/asset-tools/run.sh"]',
      'FROM scratch',
      'COPY --from=install /asset-output /output',
      'COPY --from=install /asset-bytecode /bytecode',
      '',
    ].join('\n'),
  );
});

test('a user, variables as secrets', () => {
  const text = dockerfile(docker({ user: 'builder', environment: ['PIP_INDEX_URL', 'TOKEN'] }), 'shared');
  assert.match(text, '\nCOPY --chown=builder input/ /asset-input/\nUSER builder\nRUN \\\n');
  assert.equal(
    text.split('\n').filter((line) => line.includes('--mount')),
    [
      '--mount=type=bind,source=tools,target=/asset-tools',
      '--mount=type=secret,id=PIP_INDEX_URL,mode=0444',
      '--mount=type=secret,id=TOKEN,mode=0444',
      NETRC,
    ].map((mount) => `    ${mount} \\`),
  );
  assert.not.match(text, /\b(ARG|ENV)\b/);
});

test('what is downloaded is kept for a user with a number, in a folder that is theirs', () => {
  const kept = (user: string): string | undefined =>
    /--mount=type=cache,(\S+)/.exec(dockerfile(docker({ user }), 'shared'))?.[1];
  const of = (uid: number): string => `id=cdk-lambda-python-${uid},target=/asset-cache,uid=${uid}`;
  assert.equal(['12:34', '7', 'root', 'root:root', '0:0'].map(kept), [12, 7, 0, 0, 0].map(of));
  assert.equal(['nobody', 'rooted', '1000x'].map(kept), [undefined, undefined, undefined]);
});

test('a step that may build has no cache that others read; wheels alone have it in a step before', () => {
  const steps = (downloads: Downloads): readonly string[] =>
    dockerfile(docker(), downloads)
      .split('\n')
      .filter((line) => /type=cache|run\.sh/.test(line))
      .map((line) => line.trim());
  assert.equal(steps('private'), ['["sh","/asset-tools/run.sh"]']);
  assert.equal(steps('wheels'), [
    `${CACHE} \\`,
    '["sh","/asset-tools/run.sh","wheels"]',
    '["sh","/asset-tools/run.sh"]',
  ]);
});

test.run();
