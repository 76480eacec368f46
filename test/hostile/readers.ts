import { lastLines, mismatchedHash } from '../../src/exec/scripts/installer-output';
import { missingRequirement, pipComplaints, uvComplaints } from '../../src/exec/scripts/installer-output';
import { recordedPaths } from '../../src/exec/distributions/tidy-record';
import { parseAge, parseSize } from '../../src/exec/store/amounts';
import { printable } from '../../src/exec/process/printable';
import { oddRequirement } from '../../src/plan/declarations/line-checks/unsafe-lock-line';
import { gitWarnings, lineErrors } from '../../src/plan/declarations/line-checks/requirements-check';
import { applyEdits } from '../../src/plan/declarations/local-packages/requirements-edits';
import { requirementsFileSet } from '../../src/plan/declarations/sets/requirement-set';
import { generatedErrors } from '../../src/plan/decode/requirements-consistency';
import { hookScript } from '../../src/plan/install/hook-script';
import { ignoresOf } from '../../src/plan/sources/ignore-rules';
import { readMetadata } from '../../src/plan/parts/omitted-distributions';
import type { LockReader } from '../../src/plan/locks/locked/locked-set';
import { LOCK_READERS } from '../../src/plan/locks/lock-readers';
import { constraintAllows } from '../../src/plan/locks/poetry/poetry-constraint';
import { editableUrl } from '../../src/plan/packaging/local/editable-url';
import { parseJson, jsonKeyLines } from '../../src/plan/packaging/project/json-file';
import { localPackageName } from '../../src/plan/packaging/local/local-package';
import { isLocal, readLocal } from '../../src/plan/packaging/local/local-reference';
import { parseMarker } from '../../src/plan/packaging/requirement/marker';
import { pyprojectFacts } from '../../src/plan/packaging/project/pyproject-facts';
import { readPyproject } from '../../src/plan/packaging/project/pyproject';
import { parseRequirement } from '../../src/plan/packaging/requirement/requirement';
import { readScriptMetadata } from '../../src/plan/packaging/project/script-metadata';
import { setupPyName } from '../../src/plan/packaging/local/setup-py-name';
import { allowsPython, normalizeSpecifier } from '../../src/plan/packaging/requirement/specifier';
import { lineOfKey, lineOfString } from '../../src/plan/packaging/project/toml-lines';
import { hasCredentials } from '../../src/plan/packaging/requirement/url-credentials';
import { wheelTagOf } from '../../src/plan/packaging/tags/wheel-tag';
import { plainlyDefines } from '../../src/plan/python-source/plain-definition';
import { readDefinitions } from '../../src/plan/python-source/python-definitions';
import { moduleImports, readImports } from '../../src/plan/python-source/python-imports';
import { exportedNames } from '../../src/plan/python-source/exported-names';
import { readPythonVersionFile } from '../../src/plan/runtime/python-version-file';
import { redactUrls, redactValues } from '../../src/plan/values/redact';
import type { RequirementsSnapshot } from '../../src/plan/model/source-snapshot';

/** Reads a text that somebody else has written. */
export type Reader = (text: string) => unknown;

const file = '/app/file';

/** No system has a longer path, and no plan. */
const LONGEST_PATH = 4000;

const requirements = (text: string): RequirementsSnapshot => ({
  texts: [{ file: '/app/requirements.txt', text, digest: '0'.repeat(64) }],
  localPackages: [],
});

const source = (text: string) => ({ file, text });

const lock =
  (read: LockReader): Reader =>
  (text) =>
    read({ source: source(text), manifest: null, groups: [], extras: [], markers: {} });

/** Everything that takes apart a text of a requirements file, a manifest, a lock, a wheel, an installer or a plan. */
export const READERS: Readonly<Record<string, Reader>> = {
  'requirements: lines': (text) => lineErrors(requirements(text)),
  'requirements: git': (text) => gitWarnings(requirements(text)),
  'requirements: edits': (text) => applyEdits(text, []),
  'requirements: what is installed': (text) => requirementsFileSet(requirements(text)),
  'requirements: generated': (text) => generatedErrors({ path: 'r.txt', text }, '.', ''),
  'requirements: editable URL': editableUrl,
  'requirements: local': (text) => [isLocal(text), readLocal(text)],
  requirement: parseRequirement,
  'requirement of a manifest': oddRequirement,
  marker: parseMarker,
  specifier: (text) => [normalizeSpecifier(text), allowsPython(text, '3.11')],
  'specifier of Poetry': (text) => constraintAllows(text, '3.11.1'),
  'pyproject.toml': (text) => readPyproject(source(text), { groups: [], extras: [] }),
  'pyproject.toml: facts': pyprojectFacts,
  'pyproject.toml: lines': (text) => [lineOfKey(text, ['a', 'b']), lineOfString(text, 'a', 1)],
  'setup.cfg': (text) => localPackageName({ 'setup.cfg': text }),
  'setup.py': setupPyName,
  script: (text) => readScriptMetadata(source(text)),
  JSON: (text) => parseJson(source(text)),
  'JSON: lines': jsonKeyLines,
  ...Object.fromEntries(Object.entries(LOCK_READERS).map(([kind, read]) => [`lock: ${kind}`, lock(read)])),
  'Python: definitions': readDefinitions,
  'Python: plain definition': (text) => plainlyDefines(text, 'handler'),
  'Python: imports': (text) => [readImports(`import a\n${text}`), moduleImports(`import a\n${text}`)],
  'Python: imports by calls': (text) => moduleImports(`import importlib\nimportlib.import_module(${text})`),
  'Python: __all__': (text) => exportedNames(`__all__ = [${text}]`),
  '.python-version': readPythonVersionFile,
  'ignored path': (text) => ignoresOf(['**/a*b*/*.c', '!x/**'])(`x${text.slice(0, LONGEST_PATH)}`),
  METADATA: readMetadata,
  RECORD: recordedPaths,
  'name of a wheel': wheelTagOf,
  'output of uv': uvComplaints,
  'output of pip': pipComplaints,
  'output: hash': mismatchedHash,
  'output: hash by pip': (text) => mismatchedHash(`DO NOT MATCH THE HASHES\n${text}`),
  'output: missing': missingRequirement,
  'output: last lines': lastLines,
  'URL: credentials': hasCredentials,
  'URL: redacted': redactUrls,
  'values: redacted': (text) => redactValues(text, { TOKEN: 'a'.repeat(20), URL: 'https://u:p@h' }),
  hook: (text) => hookScript([text], { input: '/i', output: '/o' }),
  amount: (text) => [parseAge(text), parseSize(text)],
  printable,
};

/** What is repeated: what some pattern may try to read in more than one way. */
export const REPEATED: readonly string[] = [
  ...[
    ' ',
    '\t',
    '\n',
    '\r',
    '\\',
    '"',
    "'",
    '"""',
    '`',
    '#',
    ';',
    ',',
    '.',
    '-',
    '--',
    '_',
    '=',
    '==',
    '>',
    '*',
  ],
  ...[
    'a',
    '0',
    '.0',
    '0.',
    '1!',
    'a.',
    'a-',
    'a ',
    ' a',
    'a@',
    '@ ',
    'a\n',
    '\\\n',
    ' \\\n',
    '"\\',
    '""',
    "''",
  ],
  ...[
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '[a]',
    '[[',
    '{}',
    '/',
    '../',
    './',
    'a/',
    '\\\\',
    ':',
    '://',
    'a://',
    'a:',
  ],
  ...[
    '${',
    '${A}',
    '%',
    '%41',
    '&',
    '#egg=',
    'git+',
    '-r ',
    ' --',
    ' --a',
    ' ;',
    ' @ ',
    ' and ',
    ' or (',
    '~=',
  ],
  ...[
    '/// script\n',
    '# ///\n',
    '# \n',
    '\u001b[',
    '\u001b[0',
    '│ ',
    'é',
    '\u2028',
    '\ufeff',
    '[metadata]\n',
  ],
  ...[
    'def f(',
    'if x:\n',
    'f(',
    'lambda:',
    'Name: ',
    'Requires-Dist: a;',
    'Collecting a\n',
    '`a`',
    ' (from ',
  ],
];

/** What may stand before and after it, so that a pattern begins to match, and does not end. */
export const AROUND: readonly (readonly [string, string])[] = [
  ['', ''],
  ['a', '!'],
  ['a @ ', '\n!'],
  ['a ; b == "', '\u0000'],
  ['[a]\nb = "', '"\nc = [{'],
  ['-r ', ' x'],
  ['./a#egg=a', '!'],
  ['Requires-Dist: a', ' x'],
  ['==', '!'],
  ['    a:\n    Expected sha256 0', '!'],
];
