import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import type { PrivateIndex } from '../support/private-index';
import { privateIndex } from '../support/private-index';
import { reliabilityTable } from '../support/reliability-table';
import { writeTree } from '../support/temporary';
import type { Tool } from './machines';
import { BOTH, machine, madeOn } from './machines';

const test = suite('credentials of indexes without a lock');
const { row, run } = reliabilityTable(test, 'hostile: credentials of indexes without a lock');

/** An index that answers each request with a status. */
const answering = async (status: number) => {
  const server = createServer((_, response) => response.writeHead(status).end('no'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** What is said of a project, without its folder, its home folder and the last lines. */
const said = async (
  tool: Tool,
  tree: Readonly<Record<string, string>>,
  variables: NodeJS.ProcessEnv = {},
  home: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const folder = folderOf({ 'index.py': HANDLER, ...tree });
  const environment = machine(tool, variables);
  writeTree(environment['HOME'] ?? '', home);
  const text = await madeOn(planOf(folder), environment);
  assert.not.match(text, /siskin7/);
  const [message = ''] = text.split('\nIts last lines:');
  return message.replaceAll(`${folder}${path.sep}`, '').replaceAll(`${environment['HOME'] ?? ''}/`, '~/');
};

const requiring = (line: string): Readonly<Record<string, string>> => ({
  'requirements.txt': `${line}\nprivate-lib\n`,
});

const NONE = 'it asks for a user name and password (401), and got none. They go into ';
const CHECK = 'Check that they are valid and allow this package. Then synthesize again.';
const IN_URL = ', as variables: `https://${USER}:${PASSWORD}@host/simple`. Then synthesize again.';

interface Case {
  readonly tree: Readonly<Record<string, string>>;
  readonly variables?: NodeJS.ProcessEnv;
  readonly home?: Readonly<Record<string, string>>;
  readonly tools?: readonly Tool[];
  readonly ends: string;
}

const casesOf = ({ url, urlWith }: PrivateIndex): Readonly<Record<string, Case>> => ({
  'a line without a user': {
    tree: requiring(`--index-url ${url}`),
    ends: `${NONE}a netrc file, or into the URL of the index (requirements.txt:1)${IN_URL}`,
  },
  'a further index without a user': {
    tree: requiring(`# a comment\n--extra-index-url ${url}`),
    variables: { UV_DEFAULT_INDEX: url },
    tools: ['uv'],
    ends: `${NONE}a netrc file, or into the URL of the index (requirements.txt:2)${IN_URL}`,
  },
  'a line with another password': {
    tree: requiring(`--index-url ${urlWith('old-siskin7')}`),
    ends: `it refused the user name and password of its URL (requirements.txt:1) (401). ${CHECK}`,
  },
  'a line with a variable': {
    tree: requiring(`--index-url ${urlWith('${CORP_TOKEN}')}`),
    variables: { CORP_TOKEN: 'old-siskin7' },
    ends: 'it refused the user name and password of its URL (requirements.txt:1) (401). They came from CORP_TOKEN: check that they are valid and allow this package. Then synthesize again.',
  },
  'a variable of pip without a user': {
    tree: requiring(''),
    variables: { PIP_INDEX_URL: url },
    ends: `${NONE}a netrc file, or into the URL of the index (the variable PIP_INDEX_URL). Then synthesize again.`,
  },
  'a variable of uv with another password': {
    tree: requiring(''),
    variables: { UV_DEFAULT_INDEX: urlWith('old-siskin7') },
    ends: `it refused the user name and password of its URL (the variable UV_DEFAULT_INDEX) (401). ${CHECK}`,
  },
  'pip.conf without a user': {
    tree: requiring(''),
    home: { '.config/pip/pip.conf': `[global]\nindex-url = ${url}\n` },
    ends: `${NONE}a netrc file, or into the URL of the index (~/.config/pip/pip.conf). Then synthesize again.`,
  },
  'uv.toml with another password': {
    tree: requiring(''),
    home: {
      '.config/uv/uv.toml': `[[index]]\nname = "corp"\nurl = "${urlWith('old-siskin7')}"\ndefault = true\n`,
    },
    ends: `it refused the user name and password of its URL (~/.config/uv/uv.toml) (401). ${CHECK}`,
  },
  'a netrc file with another password': {
    tree: requiring(`--index-url ${url}`),
    home: { '.netrc': 'machine 127.0.0.1 login aws password old-siskin7\n' },
    ends: `it refused the user name and password of the netrc file (401). ${CHECK}`,
  },
  'an index of [tool.uv] without a user': {
    tree: projectWith(url),
    tools: ['uv'],
    ends: `${NONE}UV_INDEX_CORP_USERNAME and UV_INDEX_CORP_PASSWORD, or into a netrc file. Then synthesize again.`,
  },
  'an index of [tool.uv] with another password': {
    tree: projectWith(url),
    variables: { UV_INDEX_CORP_USERNAME: 'aws', UV_INDEX_CORP_PASSWORD: 'old-siskin7' },
    tools: ['uv'],
    ends: 'it refused the user name and password that it got (401). They came from UV_INDEX_CORP_USERNAME and UV_INDEX_CORP_PASSWORD: check that they are valid and allow this package. Then synthesize again.',
  },
});

const projectWith = (url: string): Readonly<Record<string, string>> => ({
  'pyproject.toml': `[project]\nname = "fn"\nversion = "1"\ndependencies = ["private-lib"]\n[[tool.uv.index]]\nname = "corp"\nurl = "${url}"\ndefault = true\n`,
});

row(
  'an index answers 401, of a line, a variable, pip.conf, uv.toml or `[tool.uv]`, with no password or another one',
  'the message says which, and where user name and password go or came from',
  async (tryCase) => {
    const index = await privateIndex();
    index.setPassword('new-siskin7');
    try {
      for (const [name, { tree, variables, home, tools = BOTH, ends }] of Object.entries(casesOf(index)))
        for (const tool of tools)
          await tryCase(`${tool}: ${name}`, async () => {
            const text = await said(tool, tree, variables, home);
            assert.match(text, new RegExp(`^${tool} [\\d.]+ could not get ${index.url}(/private-lib)?/?: `));
            assert.ok(text.endsWith(`: ${ends}`), `${text}\ndoes not end with\n${ends}`);
          });
    } finally {
      index.close();
    }
  },
);

row(
  'an index answers 403, or 404 for each name',
  'the message says which index that was',
  async (tryCase) => {
    const [forbidding, empty] = [await answering(403), await answering(404)];
    try {
      for (const tool of BOTH) {
        await tryCase(`${tool}: 403`, async () => {
          const text = await said(tool, requiring(`--index-url ${forbidding.url}`));
          const ends = `it does not serve this user (403), and got no user name and password. They go into a netrc file, or into the URL of the index (requirements.txt:1)${IN_URL}`;
          assert.ok(text.includes(forbidding.url) && text.endsWith(`: ${ends}`), text);
        });
        await tryCase(`${tool}: 403 of a variable with a password`, async () => {
          const withUser = forbidding.url.replace('//', '//aws:old-siskin7@');
          const text = await said(tool, requiring(''), { PIP_INDEX_URL: withUser });
          const ends = `it refused the user name and password of its URL (the variable PIP_INDEX_URL) (403). ${CHECK}`;
          assert.ok(text.includes(forbidding.url) && text.endsWith(`: ${ends}`), text);
        });
        await tryCase(`${tool}: 404`, async () => {
          const text = await said(tool, requiring(''), { PIP_INDEX_URL: empty.url });
          assert.match(text, /^No package index that was asked has private-lib for Python 3\.11 /);
          assert.ok(text.includes(`These were asked: ${empty.url.replace('/simple', '')}. Correct`), text);
        });
      }
    } finally {
      forbidding.close();
      empty.close();
    }
  },
);

run();
