import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inParallel } from '../../src/exec/files/in-parallel';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { planWith } from '../exec/support/plans';
import { failsCleanly, faultEnvironment, leftBy, succeeds } from '../support/fault-case';
import type { Misbehaviour } from '../support/misbehaving-index';
import {
  breaksOff,
  endless,
  html,
  leadsToLogIn,
  logIn,
  misbehavingIndex,
  stalls,
} from '../support/misbehaving-index';
import { status, wheel, wrongHash } from '../support/misbehaving-index';
import type { TryCase } from '../support/reliability-table';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder } from '../support/temporary';

const test = suite('faults: index');
const { row, run } = reliabilityTable(test, 'faults: index');

const TOOLS = ['uv', 'pip'] as const;

/** Seconds that a tool waits: of an index that stops, so that a case takes no minutes; of one that answers, however busy this machine is. */
const WAIT = { stops: '1', answers: '30' };

/** Most of a case is waiting. */
const AT_A_TIME = 4;

const environmentFor = (tool: (typeof TOOLS)[number], wait = WAIT.answers): NodeJS.ProcessEnv =>
  faultEnvironment(
    { [tool]: true },
    { UV_HTTP_TIMEOUT: wait, UV_HTTP_RETRIES: '0', PIP_DEFAULT_TIMEOUT: wait, PIP_RETRIES: '0' },
  );

const wants = (index: string): BundlePlan => planWith(`--index-url ${index}\ndemo-lib==1\n`);

/** A message for a person: the tool's own program is not in it, and it is no longer than a screen. */
const isClear = (said: string, wanted: RegExp): void => {
  assert.ok(wanted.test(said), said);
  assert.not.match(said, /Traceback|File "/);
  assert.ok(said.split('\n').length <= 22, said);
};

/** An index that misbehaves, with both tools: it is told, nothing is kept, and with the index mended the same plan runs. */
const misbehaves =
  (cases: Readonly<Record<string, Misbehaviour>>, wanted: RegExp, wait = WAIT.answers) =>
  async (tryCase: TryCase): Promise<void> => {
    const all = TOOLS.flatMap((tool) => Object.entries(cases).map(([name, how]) => ({ tool, name, how })));
    await inParallel(AT_A_TIME, all, ({ tool, name, how }) =>
      tryCase(`${tool}: ${name}`, async () => {
        const index = await misbehavingIndex();
        try {
          const plan = wants(index.url);
          index.behave(how);
          isClear(await failsCleanly(plan, environmentFor(tool, wait)), wanted);
          index.behave({});
          await succeeds(plan, environmentFor(tool));
        } finally {
          index.close();
        }
      }),
    );
  };

row(
  'The package index cannot be reached',
  'the message has the address and why: refused, or a host that is not known',
  async (tryCase) => {
    for (const tool of TOOLS) {
      await tryCase(`${tool}: nothing listens there`, async () => {
        const gone = await misbehavingIndex();
        gone.close();
        const said = await failsCleanly(wants(gone.url), environmentFor(tool));
        isClear(
          said,
          /could not get http:\/\/127\.0\.0\.1:\d+\/simple\/demo-lib\/: nothing answers at that address/,
        );
      });
      await tryCase(`${tool}: no such host`, async () => {
        const said = await failsCleanly(wants('https://no-such-host.invalid/simple'), environmentFor(tool));
        isClear(
          said,
          /could not get https:\/\/no-such-host\.invalid\/simple\/demo-lib\/: its host is not known here/,
        );
      });
    }
  },
);

row(
  'It answers with an error, or not this user',
  'the message has the address and what it answered; mended, the same plan runs',
  misbehaves(
    {
      '500': { page: status(500) },
      '503 for the file': { file: status(503) },
      '403': { page: status(403) },
      '403 for the file': { file: status(403) },
      '401': { page: status(401, { 'www-authenticate': 'Basic realm="index"' }) },
      '404 for the file': { file: status(404) },
    },
    /could not get http:\/\/127\.0\.0\.1:\d+\/(?:simple|files)[^ ]*: it (?:answered with a server error|does not serve this user|asks for a user name|lists the file)/,
  ),
);

row(
  'It has not what was asked for',
  'the message has the requirement and the line that asks for it',
  misbehaves(
    { 'nothing of that name': { page: status(404) } },
    /^No package index that was asked has demo-lib==1 for Python 3\.11 on x86_64 \(glibc 2\.26\)\. It is required by \S+requirements\.txt:2/,
  ),
);

row(
  'It answers with a page to log in at, of a proxy, or without anything',
  'the message has the address, the status and what came; not that there is no such package',
  misbehaves(
    {
      'a page to log in at': { page: logIn },
      'a redirect to a page to log in at': { page: leadsToLogIn },
      'a page of a proxy': { page: html },
      'an empty page for every name': {
        page: (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(),
      },
    },
    /could not get http:\/\/127\.0\.0\.1:\d+\/simple\/demo-lib\/: it answered 200 with a page (?:\(text\/html\) )?(?:of http:\/\/localhost:\d+\/sso\/login, where it led, )?on which no file of a package is(?:, but a form: this is most likely a page to log in at|: a page to log in at, one of a proxy, or an index that lists nothing under this name)\. Check/,
  ),
);

row(
  'It answers with another status',
  'the message has the address and the status',
  misbehaves(
    { '400': { page: status(400) }, '429': { page: status(429) }, '451': { page: status(451) } },
    /could not get http:\/\/127\.0\.0\.1:\d+\/simple\/demo-lib\/: it answered 4\d\d\. /,
  ),
);

row(
  'It answers with something else than an index or a wheel',
  'the message says that it is none; nothing of it is kept',
  misbehaves(
    {
      'half of a JSON': {
        page: (response) =>
          void response
            .writeHead(200, { 'content-type': 'application/vnd.pypi.simple.v1+json' })
            .end('{"files": [{"filename"'),
      },
      'a picture': {
        page: (response) => void response.writeHead(200, { 'content-type': 'image/png' }).end('x'),
      },
      'a page to log in at for a wheel': { file: html },
      'a wheel that is no zip': { file: (response) => void response.end(Buffer.alloc(5000, 'x')) },
      'the beginning of a wheel': { file: (response) => void response.end(wheel.subarray(0, 300)) },
      'a redirect to itself': {
        page: (response, url) => void response.writeHead(302, { location: url }).end(),
      },
    },
    /could not get \S+: (?:its answer is not a page of a package index|it sent another file than the wheel|it redirects without end)/,
  ),
);

row(
  'It has another file under the name',
  'the message has the hash of what came, and the line that asks for it',
  misbehaves(
    { 'not the hash of its own page': { page: wrongHash } },
    /^The file downloaded for demo-lib==1 has the hash sha256:[0-9a-f]{64}, which \S+requirements\.txt:2 does not allow/,
  ),
);

row(
  'It is slow, or breaks off',
  'the tool’s own limit ends it, and the message names the variable that sets it',
  misbehaves(
    {
      'a page that stops': { page: stalls },
      'no answer at all': { page: () => undefined },
      'a wheel that stops': { file: stalls },
      'a wheel that breaks off': { file: breaksOff },
    },
    /could not get \S+: (?:it sent nothing for longer than the tool waits \(uv: UV_HTTP_TIMEOUT, else 30 s; pip: PIP_DEFAULT_TIMEOUT, else 15 s\)|it closed the connection too early|it sent another file than the wheel, or only a part of it)/,
    WAIT.stops,
  ),
);

/** As built: the loader of the sources would leave files of its own. */
const main = path.resolve(__dirname, '../../lib/cli/main.js');

row(
  'It answers without end, and somebody presses Ctrl-C',
  'all that was started ends, and nothing is kept; the next run succeeds',
  async (tryCase) => {
    const index = await misbehavingIndex();
    try {
      for (const tool of TOOLS) {
        await tryCase(tool, async () => {
          index.behave({ page: endless });
          const environment = environmentFor(tool);
          const plan = wants(index.url);
          const folder = temporaryFolder();
          fs.writeFileSync(path.join(folder, 'plan.json'), JSON.stringify(plan));
          // A group of its own, as a terminal has for what it runs: the key is a signal to all of it.
          const child = spawn(
            process.execPath,
            [main, 'run', 'plan.json', '--out', plan.output.path, '--allow-commands'],
            {
              cwd: folder,
              env: environment,
              detached: true,
            },
          );
          const said = text(child.stderr);
          const ended = once(child, 'exit');
          while (!index.isBusy()) await new Promise((resolve) => setTimeout(resolve, 50));
          process.kill(-(child.pid ?? 0), 'SIGINT');
          await ended;
          assert.not.match(await said, /Traceback|node:internal/);
          assert.not(fs.existsSync(plan.output.path));
          index.behave({});
          await succeeds(plan, environment);
          assert.equal(await leftBy(plan, environment), []);
        });
      }
    } finally {
      index.close();
    }
  },
);

run();
