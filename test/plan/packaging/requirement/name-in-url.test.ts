import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nameInUrl } from '../../../../src/plan/packaging/requirement/name-in-url';

const test = suite('the name in a URL');

test('what the fragment says, else what the file or the repository is called', () => {
  const names = {
    'git+https://example.com/x.git#egg=my-lib': 'my-lib',
    'git+https://example.com/x.git@main#subdirectory=py&egg=my_lib[fast]': 'my_lib',
    'git+https://example.com/team/x.git@main ; python_version > "3"': 'x',
    'git+https://example.com/x.git@feature/a': 'x',
    'git+ssh://git@example.com/team/x-2': 'x-2',
    'git+https://user@example.com/x/': 'x',
    'git+file:///srv/x.git': 'x',
    'https://example.com/a/my_lib-1.0-py3-none-any.whl?b=c': 'my_lib',
    'https://example.com/my-lib-1.0.tar.gz --hash=sha256:00': 'my-lib',
    'https://example.com/archive/v1.0.zip': 'v1.0',
    'https://example.com/caf%C3%A9.zip': 'caf',
  };
  assert.equal(
    Object.keys(names).map((url) => nameInUrl(url)),
    Object.values(names),
  );
  assert.is(nameInUrl('https://example.com'), undefined);
  assert.is(nameInUrl('https://example.com/%'), undefined);
});

test.run();
