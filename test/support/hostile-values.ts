import type { Json, Path } from '../plan/support/mutations';
import { pathsOf } from '../plan/support/mutations';

/** Texts that mean something to a shell, an option parser, a path, an installer, a terminal or JavaScript. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...[
    '',
    '-x',
    '--index-url=https://e.example',
    '-r /etc/passwd',
    '; id',
    '$(id)',
    '`id`',
    '| id',
    '{output}',
    '${HOME}',
  ],
  ...[
    '..',
    '../x',
    'a/../../x',
    '/etc/passwd',
    '/',
    '.',
    '~',
    'C:\\x',
    'C:x',
    '..\\x',
    '\\\\e.example\\share\\x',
  ],
  ...[
    '//e.example/x',
    'file:///etc/passwd',
    'file:/etc/passwd',
    'https:/e.example/x',
    'https://u:p@e.example/x',
  ],
  ...[
    'a\0b',
    'a\nb',
    'a\r\nb',
    'a\u2028b',
    'a\u0085b',
    'a\u001fb',
    'a\\',
    '\u001b]0;x\u0007',
    '\u202egnp.exe',
  ],
  ...['\uff0e\uff0e/x', '\u2024\u2024/x', 'аpp', '__proto__', 'constructor', 'hasOwnProperty', 'root', 'ALL'],
  ...[
    'six\n--find-links /',
    'six\u2028--find-links /',
    './x --find-links /',
    '-r x --find-links /',
    '-r ${HOME}/x',
  ],
  ...[
    'six @ file:///etc',
    'six @ ${HOME}/x',
    '--find-links /',
    '--index-url https://e.example\u2029-e /',
    './x \\',
  ],
  ...['/asset-output/x', '/asset-input/../etc', 'x,source=/', 'x",source=/', 'x\rsource=/', 'f'.repeat(64)],
  'x'.repeat(5000),
];

/** Values of other kinds, and numbers that no count of anything is. */
export const HOSTILE_VALUES: readonly Json[] = [
  ...HOSTILE_TEXTS,
  ...[0, -1, 1.5, 2 ** 53, 1e308, -1e308, true, false, null],
  ...[[], {}, ['-x'], [['-x']], { length: 1 }, [null], { _tag: 'OutputHash' }],
  JSON.parse('{"__proto__":{"path":"/etc"}}') as Json,
  JSON.parse('{"constructor":{"prototype":{"x":1}}}') as Json,
];

/** Places of a value; of a list only the first and the last element, for the others are of the same kind. */
export const placesOf = (json: Json): readonly Path[] => {
  const all = pathsOf(json);
  const lengths = new Map<string, number>();
  for (const at of all) {
    const list = JSON.stringify(at.slice(0, -1));
    lengths.set(list, Math.max(lengths.get(list) ?? 0, Number(at.at(-1)) || 0));
  }
  const isEnd = (at: Path): boolean =>
    at.every(
      (key, depth) =>
        !/^\d+$/.test(key) || key === '0' || Number(key) === lengths.get(JSON.stringify(at.slice(0, depth))),
    );
  return all.filter(isEnd);
};
