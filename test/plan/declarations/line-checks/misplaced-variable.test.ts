import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  misplacedInRequirement,
  misplacedVariable,
} from '../../../../src/plan/declarations/line-checks/misplaced-variable';
import { readRequirements } from '../../../../src/plan/declarations/lines/requirements-file';

const test = suite('variables where none may be');

test('each part of a requirement is named', () => {
  const parts: Readonly<Record<string, string>> = {
    'six==${V}': 'its version',
    'six (>=${V})': 'its version',
    'six>1,<${V} ; os_name == "nt"': 'its version',
    '${NAME}': 'its name',
    'six${V}==1': 'its name',
    'six[${E}]==1': 'its extras',
    'six[a,${E}] @ https://h/six.whl': 'its extras',
    '${NAME} @ https://h/six.whl': 'its name',
    'six==1 ; python_version > "${V}"': 'its marker',
    'six==1;python_version > "${V}"': 'its marker',
    'six @ https://h/six.whl ; python_version > "${V}"': 'its marker',
    'https://h/six.whl ; python_version > "${V}"': 'its marker',
    'six==1 --hash=sha256:${V}': 'its options',
    'six==1 --config-settings=${V}': 'its options',
    'six @ https://h/six.whl --hash=sha256:${V}': 'its options',
  };
  for (const [text, part] of Object.entries(parts)) assert.is(misplacedInRequirement(text), part, text);
});

test('URLs may have variables, and what no installer replaces is no variable', () => {
  for (const text of [
    'six @ https://${USER}:${PASSWORD}@h/six.whl',
    'six @ ${URL}',
    'six[a] @ git+https://${TOKEN}@h/six ; os_name == "nt"',
    'https://h/${PATH_OF}/six.whl',
    'https://h/a;b${V}/six.whl',
    'six @ https://h/six.whl?a=${V};b',
    'six==${lower}',
    'six==$V',
  ])
    assert.is(misplacedInRequirement(text), undefined, text);
});

const inLine = (text: string): string | undefined =>
  readRequirements(text)
    .map(misplacedVariable)
    .find((part) => part !== undefined);

test('options that name an index may have one, and all others not', () => {
  for (const text of [
    '-i https://${HOST}/simple',
    '--index-url=https://${HOST}/simple',
    '--extra-index-url ${URL}',
    '--find-links https://${HOST}/links',
    '--trusted-host ${HOST}',
    '-r https://${HOST}/a.txt',
  ])
    assert.is(inLine(text), undefined, text);
  for (const text of ['--no-binary ${NAME}', '--only-binary=${NAME}', '--pre ${X}', '--pre --no-binary ${X}'])
    assert.is(inLine(text), 'an option', text);
  assert.is(inLine('./lib ; python_version > "${V}"'), 'its extras, marker or options');
  assert.is(inLine('-e ./lib[${E}]'), 'its extras, marker or options');
});

test.run();
