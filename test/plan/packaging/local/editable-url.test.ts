import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { editableUrl } from '../../../../src/plan/packaging/local/editable-url';

const test = suite('editable URL');

test('the fragment tells the name; what else it says stays', () => {
  const expected = {
    'git+https://h/x.git@0123#egg=x': 'x @ git+https://h/x.git@0123',
    'git+ssh://git@h/x.git#subdirectory=py&egg=my.x': 'my.x @ git+ssh://git@h/x.git#subdirectory=py',
    'git+https://h/x.git#egg=x[a,b] ; os_name == "nt"': 'x[a,b] @ git+https://h/x.git ; os_name == "nt"',
    'git+https://${TOKEN}@h/x.git#egg=x': 'x @ git+https://${TOKEN}@h/x.git',
  };
  assert.equal(Object.fromEntries(Object.keys(expected).map((text) => [text, editableUrl(text)])), expected);
});

test('without a name a URL stays as it is', () => {
  for (const text of [
    'git+https://h/x.git',
    'git+https://h/x.git#subdirectory=py',
    'git+https://h/x.git#egg=x==1',
    'x @ git+https://h/x.git#egg=y',
  ]) {
    assert.is(editableUrl(text), text);
  }
});

test.run();
