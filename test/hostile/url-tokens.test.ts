import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CANARY } from '../support/canary';
import { reliabilityTable } from '../support/reliability-table';
import { watchingIndex } from '../support/secret-machine';
import { attemptAt } from './secret-attempt';

const test = suite('tokens in the URLs of variables');
const { row, run } = reliabilityTable(test, 'hostile: tokens in URLs');

let index: Awaited<ReturnType<typeof watchingIndex>>;
test.before(async () => {
  index = await watchingIndex();
  index.setPassword(CANARY);
});
test.after(() => index.close());

const BOTH = ['uv', 'pip'] as const;

const fails = async (expected: RegExp, ...args: DropFirst<Parameters<typeof attemptAt>>): Promise<void> => {
  assert.match(await attemptAt(index, ...args), expected);
};

type DropFirst<A extends readonly unknown[]> = A extends readonly [unknown, ...infer Rest] ? Rest : never;

/** URLs of an index with a token that is neither a user name nor a password. Some are short, or a word. */
const urlsWithToken = (url: string): Readonly<Record<string, string>> => ({
  path: url.replace('/simple', `/${encodeURIComponent(CANARY)}/simple`),
  'a path with a slash at its end': url.replace('/simple', '/kan4ry/simple/'),
  'a path behind a word': url.replace('/simple', `/packages/kan4ry/pypi/simple`),
  'the end of a path': `${url}/kan4ry-of-the-team`,
  'a path with odd letters': url.replace('/simple', '/kan4ry~a(b)%20%c3%a9/simple'),
  query: `${url}?token=kan4ry`,
  'a longer query': `${url}/?user=a&token=${encodeURIComponent(CANARY)}`,
});

row(
  'A token in the path or the query of an index, in a variable; the index refuses it, has no such package, or is not there',
  'the message says what is wrong, without the token',
  async (tryCase) => {
    const indexes: Readonly<Record<string, string>> = {
      refused: index.url,
      none: index.urlWith(encodeURIComponent(CANARY)),
      'not there': 'http://127.0.0.1:9/simple',
    };
    for (const tool of BOTH)
      for (const [what, base] of Object.entries(indexes))
        for (const [where, url] of Object.entries(urlsWithToken(base))) {
          const asked = { tool, requirement: 'no-such-lib==1' };
          const name = tool === 'uv' ? 'UV_DEFAULT_INDEX' : 'PIP_INDEX_URL';
          // uv and pip put what they ask for behind a query, or before it.
          const said = where.includes('query')
            ? /has a URL that uv and pip would not read alike/
            : /no.such.lib/;
          await tryCase(`${tool}, ${what}, ${where}`, () =>
            fails(said, { name: where, own: { [name]: url } }, asked),
          );
          if (where === 'path')
            await tryCase(`${tool}, ${what}, ${where}, of the bundle`, () =>
              // pip alone installs nothing where the order of indexes counts.
              fails(
                tool === 'uv' ? /no.such.lib/ : /the variable UV_INDEX,/,
                { name: where, given: { UV_INDEX: `corp=${url}` } },
                asked,
              ),
            );
        }
  },
);

run();
