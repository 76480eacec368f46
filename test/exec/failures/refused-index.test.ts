import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import type { AskedIndex } from '../../../src/exec/install/asked-indexes';
import { refusedIndex } from '../../../src/exec/failures/refused-index';
import type { IndexCredentials } from '../../../src/plan/variables/index-credentials';

const test = suite('an index of a lock that answers 401');

const URL = 'https://corp.example/simple';

const said = (by: AskedIndex['by'], declared: readonly IndexCredentials[] = []): string =>
  showExecutionError(
    refusedIndex(
      { _tag: 'IndexFailed', tool: 'uv 0.13.9', wanted: URL, reason: 'refused (401)', output: '' },
      [{ url: URL, by }],
      declared,
    ),
  );

test('credentials that were refused are to be checked, and are not asked for', () => {
  for (const by of ['variables', 'url', 'netrc'] as const) {
    assert.match(
      said(by),
      /\(401\)\. Check that they are valid and allow this package\. Then synthesize again\./,
    );
    assert.not.match(said(by), /They go into|Put the user name/);
  }
});

test('the variables of a URL whose user name and password were refused are named', () => {
  const index = { url: URL, by: 'url', from: '/app/Pipfile.lock', inUrl: ['CU', 'CP'] } as const;
  const error = {
    _tag: 'IndexFailed',
    tool: 'pip 25',
    wanted: URL,
    reason: 'refused (401)',
    output: '',
  } as const;
  assert.match(
    showExecutionError(refusedIndex(error, [index], [])),
    'it refused the user name and password of its URL (/app/Pipfile.lock) (401). They came from CU and CP: check that they are valid and allow this package.',
  );
});

test('where none were given, their place is said once', () => {
  assert.match(said('nothing'), /and got none\. They go into a netrc file, [^.]*\. Then synthesize again\./);
  assert.not.match(said('nothing'), /Put the user name|are valid/);
});

test('of an index that has no such package, a path that is most likely wrong is asked about', () => {
  const asked = (url: string): string =>
    showExecutionError(
      refusedIndex(
        {
          _tag: 'NoSuchVersion',
          requirement: 'six==99',
          declaration: 'requirements.txt:1',
          target: 'Python 3.13',
          indexes: [],
          output: '',
        },
        [{ url, by: 'nothing' }],
        [],
      ),
    );
  assert.match(
    asked('https://corp.example/pypi'),
    /asked: https:\/\/corp\.example \(most index URLs end in \/simple, and this one does not: check its path\)\. /,
  );
  for (const path of ['/pypi/simple', '/team/pypi/+simple/'])
    assert.match(asked(`https://corp.example${path}`), /asked: https:\/\/corp\.example\. /);
});

test.run();
