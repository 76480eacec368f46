import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readIni } from '../../../src/plan/settings/ini';
import { hostPython, runTool } from '../../support/python-tools';

const test = suite('INI files, as Python reads them');

const CONFIGPARSER = `
import configparser, json, sys
answers = []
for text in json.loads(sys.argv[1]):
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(text)
        own = {section: [[key, value] for key, value in parser._sections[section].items()] for section in parser.sections()}
        answers.append(own)
    except configparser.Error as error:
        answers.append(type(error).__name__)
print(json.dumps(answers))
`;

const TEXTS: readonly string[] = [
  '',
  '[global]\nindex-url = https://h/simple\n',
  '[global]\nindex-url: https://h/simple\n',
  '[global]\nINDEX-URL=https://h/a=b:c\n',
  '[global]\n  index-url =   https://h/simple   \n[install]\nno-index=yes\n',
  '[global]\nextra-index-url =\n    https://a/simple\n    https://b/simple\n',
  '[global]\nextra-index-url = https://a\n\n  https://b\n\nno-index = 1\n',
  '[global]\nextra-index-url = https://a\n  # a comment\n  https://b\n; another\ntimeout = 5\n',
  '[global]\ntimeout = 5 # no comment\n',
  '# first\n\n[global]\r\ntimeout = 5\r\n',
  '[a b]\nx y = 1\n',
  '[global]\ntimeout =\n',
  '[global]\ntimeout\n',
  '[global]\nindex-url http\n',
  '[global]\nindex-url http://h/simple\n',
  'timeout = 5\n',
  '[global\ntimeout = 5\n',
  '[global]\na = 1\na = 2\n',
  '[global]\na = 1\n[global]\nb = 2\n',
  '[global]\na = 1\n  [b]\n  c = 2\n',
  '[global]\n= 1\n',
  '[global] trailing\na = 1\n',
  '[global]\na = 1\n\tb = 2\n\n\n',
  '  [global]\n  a = 1\n b = 2\n',
];

/** What is read, in the form of the program; only that there is an error is compared of errors. */
const read = (text: string): unknown => {
  const settings = readIni(text);
  if (isLeft(settings)) return 'error';
  const sections: Record<string, (readonly [string, string])[]> = {};
  for (const { section, key, value } of settings.right) (sections[section] ??= []).push([key, value]);
  return sections;
};

test('the same settings and the same refusals as configparser', () => {
  const answers = JSON.parse(
    runTool(hostPython(), ['-c', CONFIGPARSER, JSON.stringify(TEXTS)]),
  ) as readonly unknown[];
  for (const [index, text] of TEXTS.entries()) {
    const answer = answers[index];
    assert.equal(read(text), typeof answer === 'string' ? 'error' : answer, JSON.stringify(text));
  }
});

test('errors have a line', () => {
  const fault = (text: string) => {
    const settings = readIni(text);
    return isLeft(settings) ? settings.left : undefined;
  };
  assert.equal(fault('a = 1\n'), { line: 1, reason: 'a section such as [global] must come first' });
  assert.equal(fault('[g]\n\nword\n'), {
    line: 3,
    reason: 'neither a section nor an option with "=" or ":"',
  });
  assert.equal(fault('[g]\na=1\n[g]\n'), { line: 3, reason: 'the section [g] occurs twice' });
  assert.equal(fault('[g]\na=1\nA=2\n'), { line: 3, reason: 'a occurs twice' });
});

test.run();
