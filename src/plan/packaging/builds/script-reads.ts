import type { SyntaxNode } from '@lezer/common';
import * as path from 'node:path';
import { children } from '../../python-source/import-blocks';
import { allImports } from '../../python-source/python-imports';
import { pythonParser } from '../../python-source/python-parser';
import { STRING_OR_COMMENT } from '../../python-source/string-or-comment';
import { fromPlace, outsidePath, PACKAGE_FOLDER } from './computed-place';
import type { Computed } from './compute-places';
import { asPlace, computed, isUnknown, stringText } from './compute-places';

/** The files outside of its package that a build script may read. */
export interface ScriptReads {
  /** Paths that the script computes, relative to the package's folder. */
  readonly paths: readonly string[];
  /** Texts of the script that may name files in the folders above, relative to those. Empty where it does not climb. */
  readonly names: readonly string[];
  /** Whether the script computes a folder above the package's. */
  readonly climbs: boolean;
}

const NOTHING: ScriptReads = { paths: [], names: [], climbs: false };

/** A script without a match does not climb. Git prints the root of the repository (`rev-parse --show-toplevel`). */
const MAY_CLIMB =
  /--show-(?:toplevel|cdup)\b|\bsearch_parent_directories\b|\bdirname\b|\.\s*parents?\b|\bpardir\b|(["'])(?:[/\\]?\.\.)+[/\\]?\1|[^\w.\s]\s*[/\\]\.\./;

/** Code that climbs from any place. `.parents[2]` is computed instead. */
const CLIMBS =
  /--show-(?:toplevel|cdup)\b|\bsearch_parent_directories\b|\bpardir\b|(["'])(?:[/\\]?\.\.)+[/\\]?\1|\.\s*parents\b(?!\s*\[\s*\d)/;

const EXPRESSION =
  /^(?:CallExpression|MemberExpression|BinaryExpression|VariableName|String|FormatString|ParenthesizedExpression|ConditionalExpression)$/;

/** More assignments, and more rounds through loops, are not followed. */
const MOST_ROUNDS = 14;

interface Assignment {
  readonly targets: readonly string[];
  readonly value: SyntaxNode;
}

/** Reads `a = b = value`, but not the unpacking of a tuple. */
const assignmentOf = (statement: SyntaxNode, text: (node: SyntaxNode) => string): Assignment | undefined => {
  const parts = children(statement).filter(({ name }) => name !== 'AssignOp' && name !== 'TypeDef');
  const value = parts.at(-1);
  return value === undefined || parts.length < 2 || parts.some(({ name }) => name === ',')
    ? undefined
    : { targets: parts.slice(0, -1).map(text), value };
};

/** All values of each variable, including variables with which a loop climbs. */
const valuesOf = (
  assignments: readonly Assignment[],
  valueOf: (node: SyntaxNode, assigned: ReadonlyMap<string, readonly Computed[]>) => readonly Computed[],
): ReadonlyMap<string, readonly Computed[]> => {
  const assigned = new Map<string, readonly Computed[]>(
    assignments.flatMap(({ targets }) => targets.map((target) => [target, []] as const)),
  );
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let isNew = false;
    for (const { targets, value } of assignments) {
      for (const target of targets) {
        const before = assigned.get(target) ?? [];
        const known = new Set(before.map((each) => JSON.stringify(each)));
        const more = valueOf(value, assigned).filter((each) => !known.has(JSON.stringify(each)));
        if (more.length === 0 || before.length > MOST_ROUNDS) continue;
        assigned.set(target, [...before, ...more]);
        isNew = true;
      }
    }
    if (!isNew) break;
  }
  return assigned;
};

/** The parts of a text that may be paths of files below a folder. */
const namesIn = (text: string): readonly string[] =>
  text
    .split(/\{[^{}]*\}|%s|%\(\w+\)s/)
    .map((part) => part.replace(/^(?:\.?[/\\])+/, '').replaceAll('\\', '/'))
    .filter(
      (part) => /^[^\0-\x1f*?[\]<>|":{}]{1,200}$/.test(part) && !/(?:^|\/)\.\.?(?:\/|$)|\/$/.test(part),
    );

/** The files that an import may read, below a folder of `sys.path`. */
const modulesOf = (source: string): readonly string[] =>
  allImports(source).flatMap(({ module, names, level }) => {
    if (level > 0 || module === '') return [];
    const parts = module.split('.');
    const packages = parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}/__init__.py`);
    const inner = names.filter((name) => name !== '*').map((name) => `${parts.join('/')}/${name}.py`);
    return [...packages, `${parts.join('/')}.py`, ...inner];
  });

const withoutComments = (source: string): string =>
  source.replace(new RegExp(STRING_OR_COMMENT, 'g'), (found) => (found.startsWith('#') ? '' : found));

/**
 * Finds the files outside of its package that a Python build script may read: paths that it computes from its own
 * location (`dirname(dirname(__file__))`, `Path(__file__).parents[2]`), and files that its texts may name.
 *
 * @param file the script, relative to the package's folder
 */
export const scriptReads = (source: string, file: string): ScriptReads => {
  if (!MAY_CLIMB.test(source)) return NOTHING;
  const text = ({ from, to }: SyntaxNode): string => source.slice(from, to);
  const own = fromPlace(PACKAGE_FOLDER, path.posix.normalize(file));
  const assignments: Assignment[] = [];
  const texts: string[] = [];
  const tree = pythonParser().parse(source);
  tree.iterate({
    enter: ({ name, node }) => {
      if (name === 'AssignStatement') assignments.push(...[assignmentOf(node, text) ?? []].flat());
      if (name === 'String') texts.push(stringText(text(node)));
      if (name === 'FormatString') texts.push(text(node).replace(/^[rf]*["']+|["']+$/gi, ''));
    },
  });
  const valueOf = (node: SyntaxNode, assigned: ReadonlyMap<string, readonly Computed[]>) =>
    computed(node, { text, assigned, file: own });
  const assigned = valuesOf(assignments, valueOf);
  const values: Computed[] = [];
  tree.iterate({
    enter: ({ name, node }) => {
      if (!EXPRESSION.test(name)) return true;
      const found = valueOf(node, assigned);
      if (isUnknown(found)) return true;
      values.push(...found);
      return false;
    },
  });
  const places = values.map(asPlace);
  const paths = places.flatMap((place) => outsidePath(place) ?? []);
  const climbs = places.some(({ up }) => up > 0) || CLIMBS.test(withoutComments(source));
  return {
    paths: [...new Set(paths)],
    names: climbs ? [...new Set([...texts.flatMap(namesIn), ...modulesOf(source)])] : [],
    climbs,
  };
};
