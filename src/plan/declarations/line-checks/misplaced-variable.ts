import { isRemote } from '../../packaging/local/local-reference';
import { lineOptions } from '../lines/line-options';
import type { RequirementsLine } from '../lines/requirements-file';

/** A variable that pip and uv replace with its value. */
const VARIABLE = /\$\{[A-Z0-9_]+\}/;

const holdsVariable = (text: string): boolean => VARIABLE.test(text);

/** Options that say where installers look for packages. Their value is a URL or a host. */
const NAMES_INDEX: readonly (string | null)[] = [
  '-i',
  '-f',
  '--index-url',
  '--extra-index-url',
  '--find-links',
  '--pypi-url',
  '--trusted-host',
];

/** Splits a requirement from its marker and its options. In a URL, a `;` begins a marker only beside white space. */
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

/** The part of a requirement that has a variable where none is allowed, to complete "a variable in …". */
export const misplacedInRequirement = (text: string): string | undefined => {
  if (!holdsVariable(text)) return undefined;
  const { before, marker, options } = partsOf(text);
  if (holdsVariable(marker)) return 'its marker';
  if (holdsVariable(options)) return 'its options';
  // The text after `@` is a URL, and so is a whole line with a scheme.
  const named = isRemote(before) ? '' : (/^([^@]*)@/.exec(before)?.[1] ?? before);
  if (!holdsVariable(named)) return undefined;
  const [, name = '', extras = ''] = /^([^[<>=!~]*)(\[[^\]]*\]?)?/.exec(named) ?? [];
  if (holdsVariable(name)) return 'its name';
  return holdsVariable(extras) ? 'its extras' : 'its version';
};

const variables = (text: string): number => text.match(new RegExp(VARIABLE, 'g'))?.length ?? 0;

/**
 * Counts the variables in values of index options. Elsewhere a variable could be an option itself: pip and uv insert
 * values before they split a line.
 */
const variablesOfIndexes = (text: string): number =>
  lineOptions(text)
    .filter(({ known }) => NAMES_INDEX.includes(known))
    .reduce((sum, { value = '' }) => sum + variables(value), 0);

/** The part of a line that has a variable where none is allowed, as for a requirement. */
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
