import { isRemote } from '../../packaging/local/local-reference';
import { lineOptions } from '../lines/line-options';
import type { RequirementsLine } from '../lines/requirements-file';

/** What pip and uv put a value in the place of. */
const VARIABLE = /\$\{[A-Z0-9_]+\}/;

const holdsVariable = (text: string): boolean => VARIABLE.test(text);

/** Options that say where packages are looked for, whose value is a URL or a host. */
const NAMES_INDEX: readonly (string | null)[] = [
  '-i',
  '-f',
  '--index-url',
  '--extra-index-url',
  '--find-links',
  '--pypi-url',
  '--trusted-host',
];

/** A requirement, its marker and its options. A `;` in a URL only begins a marker beside white space. */
const partsOf = (
  text: string,
): { readonly before: string; readonly marker: string; readonly options: string } => {
  const at = text.search(/\s-(-[a-z]|[A-Za-z][\s=])/);
  const [requirement, options] = at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at)];
  const isUrl = isRemote(requirement) || /^[^/\\]*@\s*\S/.test(requirement);
  const end = requirement.search(isUrl ? /\s;|;\s/ : /;/);
  return end === -1
    ? { before: requirement, marker: '', options }
    : { before: requirement.slice(0, end), marker: requirement.slice(end), options };
};

/** The part of a requirement, as in "a variable in …", that has a variable where none may be. */
export const misplacedInRequirement = (text: string): string | undefined => {
  if (!holdsVariable(text)) return undefined;
  const { before, marker, options } = partsOf(text);
  if (holdsVariable(marker)) return 'its marker';
  if (holdsVariable(options)) return 'its options';
  // What follows the `@` is a URL, and so is a whole line with a scheme.
  const named = isRemote(before) ? '' : (/^([^@]*)@/.exec(before)?.[1] ?? before);
  if (!holdsVariable(named)) return undefined;
  const [, name = '', extras = ''] = /^([^[<>=!~]*)(\[[^\]]*\]?)?/.exec(named) ?? [];
  if (holdsVariable(name)) return 'its name';
  return holdsVariable(extras) ? 'its extras' : 'its version';
};

const variables = (text: string): number => text.match(new RegExp(VARIABLE, 'g'))?.length ?? 0;

/** A variable anywhere else could be an option itself: pip and uv put values in before they split the line. */
const variablesOfIndexes = (text: string): number =>
  lineOptions(text)
    .filter(({ known }) => NAMES_INDEX.includes(known))
    .reduce((sum, { value = '' }) => sum + variables(value), 0);

/** The same of a line of a requirements file. */
export const misplacedVariable = (line: RequirementsLine): string | undefined => {
  switch (line._tag) {
    case 'Named':
      return misplacedInRequirement(line.text);
    case 'LocalPackage':
      return holdsVariable(line.rest) ? 'its extras, marker or options' : undefined;
    case 'Option':
      return variables(line.text) > variablesOfIndexes(line.text) ? 'an option' : undefined;
    case 'Include':
    case 'FindLinks':
      return undefined;
  }
};
