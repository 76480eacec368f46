import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { indexFailure } from '../../../src/exec/failures/index-failure';
import { lastLines, missingRequirement } from '../../../src/exec/scripts/installer-output';
import { pageWithoutFiles } from '../../../src/exec/scripts/page-without-files';

const test = suite('a page of an index on which no file is');

const UV = 'cdk-lambda-python: uv: TRACE ';
const NONE = `${UV}Selecting candidate for demo-lib with range >=1, <1+ with 0 remote versions\n`;
const got = (status: string, name = 'demo-lib'): string =>
  `${UV}Received response for fresh request with status ${status} for: http://h/simple/${name}/\n`;
const led = (url: string): string => `${UV}Received HTTP 302 Found. Redirecting to \`${url}\`\n`;
const pip = (rest: string): string =>
  `WARNING: x\ncdk-lambda-python: no file on http://h/simple/demo-lib/ ${rest}\nERROR: No matching distribution found for demo-lib==1\n`;

const asked = 'http://h/simple/demo-lib/';
const CASES: Readonly<Record<string, readonly [string, ReturnType<typeof pageWithoutFiles>]>> = {
  'uv: a page': [got('200 OK') + NONE, { asked, seen: asked, status: '200', type: '', hasForm: false }],
  'uv: a page that a redirect led to, without its query': [
    led('https://sso/login?token=1') + got('200 OK') + NONE,
    { asked, seen: 'https://sso/login', status: '200', type: '', hasForm: false },
  ],
  'uv: of several redirects none is taken for that of the page': [
    led('https://sso/login') + led('https://cdn/six') + got('200 OK') + NONE,
    { asked, seen: asked, status: '200', type: '', hasForm: false },
  ],
  'uv: no such name': [got('404 Not Found') + NONE, undefined],
  'uv: the page of another name': [got('200 OK', 'six') + NONE, undefined],
  'uv: a page with files': [got('200 OK'), undefined],
  'pip: a page with a form, without the query of its URL': [
    pip('https://sso/login?token=1 200 text/html form'),
    { asked, seen: 'https://sso/login', status: '200', type: 'text/html', hasForm: true },
  ],
  'pip: a page without one': [
    pip(`${asked} 202 text/html none`),
    { asked, seen: asked, status: '202', type: 'text/html', hasForm: false },
  ],
  'nothing of the kind': ['ERROR: No matching distribution found for demo-lib==1\n', undefined],
};

for (const [name, [output, page]] of Object.entries(CASES))
  test(name, () => assert.equal(pageWithoutFiles(output), page));

test('it is told, and not that there is no such package', () => {
  const output = pip('https://sso/login 200 text/html form');
  assert.is(missingRequirement(output), undefined);
  assert.equal(indexFailure(output), {
    wanted: asked,
    reason:
      'it answered 200 with a page (text/html) of https://sso/login, where it led, on which no file of a package is, but a form: this is most likely a page to log in at',
    output: 'WARNING: x\nERROR: No matching distribution found for demo-lib==1',
  });
});

test('what is for this library alone is not shown', () => {
  assert.is(lastLines(`${got('200 OK')}${NONE}error: no\n`), 'error: no');
});

const OTHER: Readonly<Record<string, readonly [string, string]>> = {
  'a status that uv names': [
    'error: Failed to fetch: http://h/simple/six/\n  cause: HTTP status client error (451 Unavailable For Legal Reasons) for url (http://h/simple/six/)\n',
    'it answered 451',
  ],
  'a status that pip names': [
    'WARNING: Could not fetch URL http://h/simple/six/: 429 Client Error: Too Many Requests for url: http://h/simple/six/ - skipping\n',
    'it answered 429',
  ],
  'a proxy that uv is not allowed to use': [
    'error: Failed to fetch: https://h/simple/six/\n  cause: tunnel error: proxy authorization required\n',
    'the proxy asks for a user name and password (407)',
  ],
  'a type that uv names': [
    'error: Unsupported `Content-Type` "text/plain; charset=utf-8" for `http://h/simple/six/`. Expected JSON or HTML.\n',
    'its answer is not a page of a package index (text/plain)',
  ],
  'a type that pip names': [
    'WARNING: Skipping page http://h/simple/six/ because the GET request got Content-Type: application/json. The only supported Content-Types are application/vnd.pypi.simple.v1+json, and text/html\n',
    'its answer is not a page of a package index (application/json)',
  ],
};

for (const [name, [output, reason]] of Object.entries(OTHER))
  test(name, () => assert.is(indexFailure(output)?.reason, reason));

test.run();
