import type { SyntaxNode } from '@lezer/common';
import { calledImports, mayCallForModules, namesInTexts } from './called-imports';
import type { ImportNeed, TextOf } from './import-blocks';
import { blocksOf, children } from './import-blocks';
import type { PythonImport } from './import-statement';
import { importsOf } from './import-statement';
import { plainImports } from './plain-imports';
import { pythonParser } from './python-parser';

/** An import, and what it is for. */
export interface NeededFor extends PythonImport {
  readonly need: ImportNeed;
}

const lineEnds = (source: string): readonly number[] =>
  [...source.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: end }) => index + end.length);

/** What can be done without is so with all that is in it, and what a function needs with all that is in the function. */
const within = (outer: ImportNeed, inner: ImportNeed): ImportNeed =>
  [outer, inner].includes('optional') ? 'optional' : outer === 'function' ? outer : inner;

/** All imports of a module but those under `TYPE_CHECKING`, by a parser, which takes any text. */
export const parseAllImports = (source: string): readonly NeededFor[] => {
  const text: TextOf = ({ from, to }) => source.slice(from, to);
  const ends = lineEnds(source);
  const called = mayCallForModules(source) ? calledImports(source) : undefined;
  const found: NeededFor[] = [];
  // A call may import any name, such as one of a list: a text of the module that is a declared package's name counts.
  const textNames = () => namesInTexts(source).map((module) => ({ module, names: [], level: 0 }));
  let hasOpenCall = false;
  let line = 1;
  const add = (
    node: SyntaxNode,
    imports: readonly Pick<PythonImport, 'module' | 'names' | 'level'>[],
    place: Pick<NeededFor, 'conditional' | 'need'>,
  ): void => {
    if (imports.length === 0) return;
    while ((ends[line - 1] ?? Infinity) <= node.from) line += 1;
    const here = line;
    found.push(...imports.map((one) => ({ ...one, line: here, ...place })));
  };
  const visit = (node: SyntaxNode, conditional: boolean, need: ImportNeed): void => {
    for (const child of children(node)) {
      const blocks = blocksOf(child, text);
      if (child.name === 'ImportStatement') add(child, importsOf(text(child)), { conditional, need });
      else if (called !== undefined && blocks.length === 0) {
        const { always, perhaps, isOpen } = called(child);
        // What a function imports by a call may be a plugin that is there or not.
        add(child, always, { conditional, need: need === 'function' ? 'optional' : need });
        add(child, perhaps, { conditional, need: 'optional' });
        if (isOpen && !hasOpenCall) {
          hasOpenCall = true;
          add(child, textNames(), { conditional, need: 'optional' });
        }
      }
      for (const block of blocks)
        visit(block.node, conditional || block.conditional, within(need, block.need));
    }
  };
  visit(pythonParser().parse(source).topNode, false, 'module');
  return found;
};

/** Those that run when Python imports the module, and that it cannot do without. */
export const parseImports = (source: string): readonly PythonImport[] =>
  parseAllImports(source).flatMap(({ need, ...one }) => (need === 'module' ? one : []));

/** Without a byte order mark, and with the line ends that Python makes of a single carriage return. */
const textOf = (source: string): string => source.replace(/^\ufeff/, '').replace(/\r(?!\n)/g, '\n');

/** The imports of a module that are plain to see; undefined where it takes the parser. */
const plain = (source: string, skipFunctions: boolean): readonly PythonImport[] | undefined =>
  mayCallForModules(source) ? undefined : plainImports(source, skipFunctions);

/**
 * The imports of a module that run when Python imports it, in their order. Imports in functions are not among them, nor
 * those that the module can do without: in a `try` that handles `ImportError`, under `TYPE_CHECKING`, for the main
 * program, or for versions and platforms. `import_module('a.b')` and `__import__('a.b')` count as `import a.b`. A syntax error does not
 * stop it.
 *
 * @since 0.1.0
 */
export const readImports = (written: string): readonly PythonImport[] => {
  const source = textOf(written);
  return source.includes('import') ? (plain(source, true) ?? parseImports(source)) : [];
};

/** All imports of a module but those under `TYPE_CHECKING` and those for the main program, each with what it is for. */
export const allImports = (written: string): readonly NeededFor[] => {
  const source = textOf(written);
  if (!source.includes('import')) return [];
  const found = plain(source, false);
  return found?.map((one) => ({ ...one, need: 'module' as const })) ?? parseAllImports(source);
};

export type { PythonImport } from './import-statement';
