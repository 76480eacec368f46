import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { isLeft, isRight } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import { textForKey } from '../../src/plan/declarations/lines/text-for-key';
import { readIndexUrl, readUrl, userInfoOf } from '../../src/plan/values/url';
import { planWith } from '../exec/support/plans';
import { execute } from '../support/bundle-file';
import { anyUrl, hostileUrls, PIP_READS } from '../support/hostile-urls';
import { ask, cleanEnvironment, listeningIndex } from '../support/listening-index';
import { environmentWith, hostPython } from '../support/python-tools';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder } from '../support/temporary';

const test = suite('hostile URLs');
const { row, run } = reliabilityTable(test, 'hostile: urls');

const PUBLIC = 'http://public.index/simple';

const keyOf = (url: string): string | undefined => {
  try {
    return planWith(`--index-url ${url}\nsix==1.16.0\n`).hash.dependencies ?? '';
  } catch {
    return undefined;
  }
};

const messageOf = (requirements: string): string => {
  try {
    planWith(requirements);
    return '';
  } catch (error) {
    return (error as Error).message.replace(/^.*\/requirements\.txt/gm, 'requirements.txt');
  }
};

row(
  'a URL of which the key would say another host than what uv or pip asks, in each place of a requirements file',
  'it is refused with file, line and reason, and without what may be a password',
  async (tryCase) => {
    const backslash = 'has a backslash or a quote in it, which pip and uv read differently';
    const cases: readonly (readonly [string, string])[] = [
      [
        `six\n--index-url http://127.0.0.1:8731\\@public.index/simple\n`,
        `requirements.txt:2 has the URL "http://…@public.index/simple", which ${backslash}.`,
      ],
      [
        `--extra-index-url=http://${'${A}'}@b/simple/\\\n../x\n`,
        'requirements.txt:1 has the URL "http://…@b/simple/../x", which has "." or ".." as a part of its path.',
      ],
      [
        `-i http://s3cret\\\n@public.index/simple\nsix\n`,
        'requirements.txt:1 has the URL "http://public.index/simple", which is continued on the next line.',
      ],
      [
        'six @ https://${HOST}/six.whl\n',
        'requirements.txt:1 has the URL "https://${HOST}/six.whl", which has a variable in its host.',
      ],
      [
        '-f https://h/${PLACE}/\nsix\n',
        'requirements.txt:1 has the URL "https://h/${PLACE}/", which has a variable after its host: only user name and password may be variables.',
      ],
      [
        '-r https://127.1/x.txt\n',
        'requirements.txt:1 has the URL "https://127.1/x.txt", which has a host that uv reads as 127.0.0.1: write that.',
      ],
      [
        'six @ git+ssh://git@h:owner/six.git\n',
        'requirements.txt:1 has the URL "git+ssh://…@h:owner/six.git", which has a host or a port that uv and pip do not read alike: write the host in ASCII (xn--…).',
      ],
      [
        'six @ git+https://u:p@q@h/six.git\n',
        'requirements.txt:1 has the URL "git+https://…@h/six.git", which has more than one "@" before its host: write %40 for an "@" in the password.',
      ],
      [
        '-i=https://h/a\nsix\n',
        'requirements.txt:1 has the URL "=https://h/a", which has no "://" after its scheme.',
      ],
      [
        '--index-url https://h/simple?token=x\nsix\n',
        'requirements.txt:1 has the URL "https://h/simple?token=x", which is an index URL with a query or a fragment: pip and uv put it in different places.',
      ],
    ];
    for (const [requirements, expected] of cases)
      await tryCase(expected, () => assert.is(messageOf(requirements), expected));
  },
);

row(
  'one URL that is read, with and without user name and password; and URLs of other hosts, ports and paths',
  'the first two have one key, and no other has it',
  async (tryCase) => {
    const own = keyOf(PUBLIC);
    for (const user of ['u:p', 'u', 'u%40v:p', '${USER}:${PASSWORD}', '${TOKEN}', 'u:p@q'])
      await tryCase(user, () => assert.is(keyOf(PUBLIC.replace('//', `//${user}@`)), own));
    for (const other of ['http://public.index/simpl', 'http://public.index:81/simple', 'http://x/simple'])
      await tryCase(other, () => assert.is.not(keyOf(other), own));
    for (const url of hostileUrls('127.0.0.1:8731', 'public.index')) {
      const read = readIndexUrl(url);
      const isPublic = isRight(read) && read.right.host === 'public.index';
      await tryCase(url, () => assert.is(keyOf(url) === own, isPublic));
    }
  },
);

row(
  'two lines of which only something before an "@" differs, in a marker, an option of a build, or no URL at all',
  'they have two keys',
  async (tryCase) => {
    const lines = (user: string): readonly string[] => [
      `six ; "x://${user}@h" != "x://a@h"`,
      `six --config-settings=--build-option=http://${user}@h`,
      `six --global-option="http://${user}@h"`,
      `--index-url http://${user}\\@h/simple`,
      `--index-url http://h/${user}@h/simple`,
    ];
    for (const [index, line] of lines('a').entries())
      await tryCase(line, () => assert.is.not(textForKey(line), textForKey(lines('b')[index] ?? '')));
  },
);

const pipReads = (urls: readonly string[]): readonly Readonly<Record<string, unknown>>[] =>
  JSON.parse(
    execFileSync(hostPython(), ['-I', '-c', PIP_READS], {
      input: JSON.stringify(urls),
      maxBuffer: 2 ** 28,
    }).toString(),
  ) as readonly Readonly<Record<string, unknown>>[];

const decoded = (text: string | null): string | null => (text === null ? null : decodeURIComponent(text));

/** A URL as WHATWG reads it, which is how uv does: of schemes that are not its own it says nothing of the host. */
const whatwg = (url: string): URL => new URL(url.replace(/^(git\+)?(https?|ssh|git|s?ftp)(?=:)/, 'http'));

const SEEDED = 20261129;

row(
  '4,000 URLs made of what parsers are known to differ in, as pip and WHATWG read them',
  'refused, or user name, password, host, port and path are those of both',
  async (tryCase) => {
    const urls = [
      ...hostileUrls('127.0.0.1:8731', 'public.index'),
      ...fc.sample(anyUrl, { seed: SEEDED, numRuns: 4000 }),
    ];
    const pip = pipReads(urls);
    let accepted = 0;
    const differing: string[] = [];
    urls.forEach((url, index) => {
      const read = readUrl(url);
      if (isLeft(read) || read.right.host === '' || /\$\{/.test(url)) return;
      accepted += 1;
      const { user, password, host, port, rest } = read.right;
      const [place = ''] = rest.split(/[?#]/);
      const ours = [
        decoded(user),
        decoded(password),
        host,
        port === null ? null : Number(port),
        decodeURIComponent(place || '/'),
      ];
      const theirs = pip[index] ?? {};
      const pips = [
        theirs.user,
        theirs.password,
        theirs.host,
        theirs.port,
        theirs.path === '' ? '/' : theirs.path,
      ];
      const uvs = whatwg(url);
      const known = [
        user === null || uvs.username === '' ? decoded(user) : decodeURIComponent(uvs.username),
        password === null || uvs.password === '' ? decoded(password) : decodeURIComponent(uvs.password),
        uvs.hostname,
        port === '80' ? 80 : uvs.port === '' ? null : Number(uvs.port),
        decodeURIComponent(uvs.pathname),
      ];
      const bare = host.replace(/^\[|\]$/g, '');
      if (JSON.stringify(pips) !== JSON.stringify(ours.map((part) => (part === host ? bare : part))))
        differing.push(`pip: ${JSON.stringify([url, ours, theirs])}`);
      if (JSON.stringify(known) !== JSON.stringify(ours))
        differing.push(`WHATWG: ${JSON.stringify([url, ours, known])}`);
    });
    await tryCase('all', () => {
      assert.equal(differing.slice(0, 20), []);
      assert.ok(accepted > 1000, `only ${accepted} of 4,000 are accepted`);
    });
  },
);

row(
  'any two of such URLs, as lines of a requirements file',
  'they have one key only where both are read, and host, port and path are the same',
  async (tryCase) => {
    await tryCase('all', () => {
      const place = (url: string): string => {
        const read = readUrl(url);
        if (isLeft(read)) return `not read: ${url}`;
        return JSON.stringify({ ...read.right, user: null, password: null });
      };
      const seen = new Map<string, string>();
      for (const url of fc.sample(anyUrl, { seed: SEEDED, numRuns: 20_000 })) {
        // What follows white space is no part of the URL, and is refused with the line.
        if (/[\s"']/.test(url)) continue;
        const key = textForKey(`-i ${url}`);
        const known = seen.get(key) ?? place(url);
        assert.is(place(url), known, key);
        seen.set(key, known);
      }
    });
  },
);

for (const [tool, count] of [
  ['uv', 62],
  ['pip', 16],
] as const)
  row(
    `${tool} looks for a package at an index that such a URL names, and what it asks is noted`,
    'refused, or it asks the host and the path that are read, as the user that is read',
    async (tryCase) => {
      const [index, other] = [await listeningIndex(), await listeningIndex()];
      const environment = cleanEnvironment(tool);
      try {
        const all = hostileUrls(index.host, other.host).slice(0, count);
        for (const url of all) {
          const read = readIndexUrl(url);
          if (isLeft(read)) continue;
          await tryCase(url.replaceAll(/:\d{4,5}/g, ''), async () => {
            index.asked.length = 0;
            other.asked.length = 0;
            await ask(tool, url, environment);
            const { user, password, rest, host, port } = read.right;
            const asked = host + ':' + (port ?? '') === other.host ? other.asked : index.asked;
            assert.is(other.asked.length + index.asked.length, asked.length, 'the other is asked');
            assert.ok(asked.length > 0, 'nothing is asked');
            const known = user === null ? '' : `Basic ${btoa(`${decoded(user)}:${decoded(password ?? '')}`)}`;
            const bare = rest.replace(/\/$/, '');
            for (const { url: seen, authorization } of asked) {
              assert.is(decodeURIComponent(seen), `${decodeURIComponent(bare)}/no-such-lib/`);
              assert.ok(
                ['', known].includes(authorization),
                `${userInfoOf(read.right)}: ${atob(authorization.slice(6))}`,
              );
            }
            assert.is(asked.at(-1)?.authorization, known);
          });
        }
      } finally {
        index.close();
        other.close();
      }
    },
  );

row(
  'a variable in the place of a user name or password whose value would move the host',
  'the run says which variable, and nothing is asked',
  async (tryCase) => {
    const index = await listeningIndex();
    try {
      const wanted = planWith(`--index-url http://\${A}@${index.host}/simple\nno-such-lib==1\n`, {
        docker: { environment: ['A'], volumes: [] },
      });
      const hidden = 's3cr3t-word';
      for (const value of ['/', '@', '\\', 'ü', '%'])
        await tryCase(JSON.stringify(value), async () => {
          const environment = {
            ...environmentWith({ uv: true }),
            CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
          };
          const [report] = await execute([wanted], environment, { A: `${hidden}${value}` });
          if (report?.outcome._tag !== 'Failed') throw new Error('it was made');
          const said = showExecutionError(report.outcome.error);
          assert.match(
            said,
            /^The variable A is used as a user name or password in a URL, but its value has /,
          );
          assert.not.ok(said.includes(hidden));
          assert.equal(index.asked, []);
        });
    } finally {
      index.close();
    }
  },
);

run();
