import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AllSettings } from '../../../src/plan/settings/machine-variables';
import { machineVariables } from '../../../src/plan/settings/machine-variables';
import { readPipConf } from '../../../src/plan/settings/pip-conf';
import { settingsPlaces } from '../../../src/plan/settings/settings-places';
import { readUvToml } from '../../../src/plan/settings/uv-toml';

const test = suite('settings files of a machine');

const pip = (text: string) => {
  const read = readPipConf(text, '/etc/pip.conf');
  return isLeft(read) ? read.left : read.right;
};

const uv = (text: string) => {
  const read = readUvToml(text, '/etc/uv/uv.toml');
  return isLeft(read) ? read.left : read.right;
};

test('pip.conf: [install] counts before [global], in any spelling; what decides versions is not honoured', () => {
  const text =
    '[global]\nindex_url = https://g/simple\n--trusted-host = a\n b\ncert = /ca.pem\nuser = true\npre = true\n' +
    '[install]\nindex-url = https://i/simple\nno-binary = :all:\nkeyring-provider = subprocess\n[list]\nformat = json\n';
  assert.equal(pip(text), {
    variables: {
      PIP_INDEX_URL: 'https://i/simple',
      PIP_TRUSTED_HOST: 'a b',
      PIP_CERT: '/ca.pem',
      PIP_KEYRING_PROVIDER: 'subprocess',
    },
    ignored: [
      { setting: 'pre', line: 7 },
      { setting: 'no-binary', line: 10 },
    ],
  });
  assert.equal(pip('[global]\npypi-url = https://h\n'), {
    variables: { PIP_INDEX_URL: 'https://h' },
    ignored: [],
  });
  assert.equal(pip('x'), {
    file: '/etc/pip.conf',
    line: 1,
    reason: 'a section such as [global] must come first',
  });
});

test('pip.conf: a name with a space in it is passed over by pip, and is told', () => {
  const read = pip(
    '[global]\nindex-url http://me:s3cret@h/simple\n[install]\nindex url = https://h\n[list]\na b = 1\n',
  );
  assert.equal(read, {
    variables: {},
    ignored: [
      { setting: 'index-url …', line: 2, isUnknown: true },
      { setting: 'index …', line: 4, isUnknown: true },
    ],
  });
  const file = '/p.conf';
  const ignored = [{ setting: 'index-url …', line: 2, isUnknown: true }];
  assert.equal(machineVariables({}, { uv: [], pip: [{ file, variables: {}, ignored }] }).notes, [
    '/p.conf:2: "index-url …" has a space in its name, so pip ignores it; write "name = value"',
  ]);
});

test('uv.toml: indexes with their names, paths as seen from the file, [pip] before the rest', () => {
  const text = `
no-index = false
find-links = ["wheels", "https://h/links"]
index-strategy = "unsafe-best-match"
keyring-provider = "subprocess"
allow-insecure-host = ["a", "b:1"]
native-tls = true
exclude-newer = "2024-01-01"
link-mode = "copy"
[[index]]
name = "corp"
url = "https://corp/simple"
[[index]]
url = "https://main/simple"
default = true
[[index]]
name = "torch"
url = "https://torch/simple"
explicit = true
[pip]
index-strategy = "first-index"
resolution = "lowest"
`;
  assert.equal(uv(text), {
    variables: {
      UV_DEFAULT_INDEX: 'https://main/simple',
      UV_INDEX: 'corp=https://corp/simple',
      UV_FIND_LINKS: '/etc/uv/wheels,https://h/links',
      UV_INDEX_STRATEGY: 'first-index',
      UV_KEYRING_PROVIDER: 'subprocess',
      UV_INSECURE_HOST: 'a b:1',
      UV_NATIVE_TLS: 'true',
    },
    ignored: [
      { setting: 'exclude-newer', line: 8 },
      { setting: 'index (explicit)', line: 10 },
      { setting: 'pip.resolution', line: 22 },
    ],
  });
  assert.equal(uv('index-url = "https://u/simple"\nextra-index-url = ["https://e"]\n'), {
    variables: { UV_INDEX_URL: 'https://u/simple', UV_EXTRA_INDEX_URL: 'https://e' },
    ignored: [],
  });
  const fault = uv('a = 1\nindex-url = \n');
  assert.equal('line' in fault && [fault.file, fault.line], ['/etc/uv/uv.toml', 2]);
});

test('the URL of an index that uv and pip would read differently is a fault, with the line', () => {
  const reason =
    'one of its URLs has the character \\ in it: percent-encode it if it is meant. uv and pip would not read it alike';
  assert.equal(pip('[global]\npre = 1\nindex-url =\n  http://s3cret\\@h/simple\n'), {
    file: '/etc/pip.conf',
    line: 3,
    reason,
  });
  const [file, index] = ['/etc/uv/uv.toml', '[[index]]\nurl = "https://h/simple"\n[[index]]\n'];
  assert.equal(uv(`${index}url = "http://s3cret\\\\@h/simple"\n`), { file, line: 4, reason });
  assert.equal(uv(`${index}url = 'http://s3cret\\@h/simple'\n`), { file, line: 4, reason });
  assert.equal(uv('find-links = [\n"https://h/a b", "http://s3cret\\u005c@h/"]\n'), {
    file,
    line: 2,
    reason,
  });
});

const filesOf = (
  files: Partial<Record<'uv' | 'pip', readonly Readonly<Record<string, string>>[]>>,
): AllSettings => ({
  uv: (files.uv ?? []).map((variables, index) => ({ file: `/uv${index}`, variables, ignored: [] })),
  pip: (files.pip ?? []).map((variables, index) => ({ file: `/pip${index}`, variables, ignored: [] })),
});

test('variables before files, the user’s file before that of the system; uv puts lists together', () => {
  const files = filesOf({
    uv: [
      { UV_INDEX: 'https://system', UV_INDEX_STRATEGY: 'a' },
      { UV_INDEX: 'https://user', UV_INDEX_STRATEGY: 'b' },
    ],
    pip: [{ PIP_INDEX_URL: 'https://s' }, { PIP_INDEX_URL: 'https://u' }],
  });
  assert.equal(machineVariables({ A: '1' }, files), {
    variables: {
      UV_INDEX: 'https://user https://system',
      UV_INDEX_STRATEGY: 'b',
      PIP_INDEX_URL: 'https://u',
      A: '1',
    },
    notes: [],
  });
  assert.is(
    machineVariables({ PIP_INDEX_URL: 'https://own' }, filesOf({ pip: [{ PIP_INDEX_URL: 'x' }] })).variables[
      'PIP_INDEX_URL'
    ],
    'https://own',
  );
});

test('variables that name indexes for one tool: files of the other name none, which is told', () => {
  const files = filesOf({ pip: [{ PIP_INDEX_URL: 'https://file', PIP_CERT: '/ca' }] });
  const told = ['/pip0: its indexes are not used, because variables name others'];
  assert.equal(machineVariables({ UV_INDEX: 'https://own' }, files), {
    variables: { PIP_CERT: '/ca', UV_INDEX: 'https://own' },
    notes: told,
  });
  assert.equal(machineVariables({}, files, { UV_DEFAULT_INDEX: 'https://given' }), {
    variables: { PIP_CERT: '/ca' },
    notes: told,
  });
});

test('what is not honoured is told with file and line', () => {
  const files: AllSettings = {
    uv: [{ file: '/u.toml', variables: {}, ignored: [{ setting: 'resolution', line: 3 }] }],
    pip: [{ file: '/p.conf', variables: {}, ignored: [{ setting: 'pre', line: null }] }],
  };
  assert.equal(machineVariables({}, files).notes, [
    '/u.toml:3: "resolution" is not honoured; only settings of indexes, certificates, the network and forbidden builds are',
    '/p.conf: "pre" is not honoured; only settings of indexes, certificates, the network and forbidden builds are',
  ]);
});

test('the places of Linux, macOS and Windows', () => {
  const linux = { platform: 'linux', home: '/h' } as const;
  assert.equal(settingsPlaces({ environment: {}, ...linux, prefix: '/venv' }), {
    uv: ['/etc/uv/uv.toml', '/etc/xdg/uv/uv.toml', '/h/.config/uv/uv.toml'],
    pip: [
      '/etc/xdg/pip/pip.conf',
      '/etc/pip.conf',
      '/h/.pip/pip.conf',
      '/h/.config/pip/pip.conf',
      '/venv/pip.conf',
    ],
  });
  const named = { UV_CONFIG_FILE: '/my/uv.toml', PIP_CONFIG_FILE: '/my/pip.conf', XDG_CONFIG_DIRS: '/x' };
  assert.equal(settingsPlaces({ environment: named, ...linux }), {
    uv: ['/my/uv.toml'],
    pip: ['/x/pip/pip.conf', '/etc/pip.conf', '/my/pip.conf'],
  });
  assert.equal(
    settingsPlaces({ environment: { UV_NO_CONFIG: '1', PIP_CONFIG_FILE: '/dev/null' }, ...linux }),
    {
      uv: [],
      pip: [],
    },
  );
  assert.equal(settingsPlaces({ environment: { XDG_CONFIG_HOME: '/c' }, platform: 'darwin', home: '/h' }), {
    uv: ['/etc/uv/uv.toml', '/etc/xdg/uv/uv.toml', '/c/uv/uv.toml'],
    pip: [
      '/Library/Application Support/pip/pip.conf',
      '/h/.pip/pip.conf',
      '/c/pip/pip.conf',
      '/h/Library/Application Support/pip/pip.conf',
    ],
  });
  const windows = { APPDATA: 'C:\\u\\Roaming', PROGRAMDATA: 'C:\\ProgramData' };
  assert.equal(settingsPlaces({ environment: windows, platform: 'win32', home: 'C:\\u', prefix: 'C:\\v' }), {
    uv: ['C:\\ProgramData\\uv\\uv.toml', 'C:\\u\\Roaming\\uv\\uv.toml'],
    pip: [
      'C:\\ProgramData\\pip\\pip.ini',
      'C:\\u\\pip\\pip.ini',
      'C:\\u\\Roaming\\pip\\pip.ini',
      'C:\\v\\pip.ini',
    ],
  });
});

test.run();
