import type { SyntaxNode } from '@lezer/common';
import { calledImports, namesInTexts } from './called-imports';
import type { ImportNeed, TextOf } from './import-blocks';
import { blocksOf, children } from './import-blocks';
import type { PythonImport } from './import-statement';
import { importsOf } from './import-statement';
import type { ImportedName } from './bound-names';
import { mayAskForModules, mayCallForModules } from './import-functions';
import { plainImports } from './plain-imports';
import { pythonParser } from './python-parser';

/** An import, and who needs it. */
export interface NeededFor extends PythonImport {
  readonly need: ImportNeed;
}

const lineEnds = (source: string): readonly number[] =>
  [...source.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: end }) => index + end.length);

/** An optional block makes all imports in it optional, and an import in a function is for that function alone. */
const within = (outer: ImportNeed, inner: ImportNeed): ImportNeed =>
  WITHOUT.find((need) => need === outer || need === inner) ?? (outer === 'function' ? outer : inner);

const WITHOUT = ['elsewhere', 'optional'] as const;

/** A name in another module, whose value is the name of a module to import. */
export interface NameElsewhere extends ImportedName {
  readonly line: number;
  readonly need: ImportNeed;
}

/** The imports of a module. */
export interface ModuleImports {
  readonly imports: readonly NeededFor[];
  /** Imports by names that other modules define. */
  readonly elsewhere: readonly NameElsewhere[];
  /** The line of the first call that imports a module whose name is only known at run time; 0 where there is none. */
  readonly computedAt: number;
}

type After = Pick<PythonImport, 'after'>;

const PLACES = /^(?:DecoratedStatement|StatementGroup)$/;

/** Parses the imports of a module, except those under `TYPE_CHECKING`. The parser takes any text. */
const parseModule = (source: string): ModuleImports => {
  const text: TextOf = ({ from, to }) => source.slice(from, to);
  const ends = lineEnds(source);
  const tree = pythonParser().parse(source);
  const called = mayCall(source, false) ? calledImports(tree, text) : undefined;
  const found: NeededFor[] = [];
  const elsewhere: NameElsewhere[] = [];
  let computedAt = 0;
  let line = 1;
  const lineOf = (node: SyntaxNode): number => {
    while ((ends[line - 1] ?? Infinity) <= node.from) line += 1;
    return line;
  };
  const add = (
    node: SyntaxNode,
    imports: readonly Pick<PythonImport, 'module' | 'names' | 'level'>[],
    place: Pick<NeededFor, 'conditional' | 'need' | 'after'>,
  ): void => {
    if (imports.length === 0) return;
    const here = lineOf(node);
    found.push(...imports.map((one) => ({ ...one, line: here, ...place })));
  };
  const visit = (node: SyntaxNode, conditional: boolean, need: ImportNeed, after: After): void => {
    for (const child of children(node)) {
      const blocks = blocksOf(child, text);
      if (child.name === 'ImportStatement')
        add(child, importsOf(text(child)), { conditional, need, ...after });
      else if (called !== undefined && !PLACES.test(child.name)) {
        const { always, perhaps, references, isOpen } = called(child);
        // A call in a function may import an optional plugin, and a call in the head of a statement may not run.
        const isPerhaps = need === 'function' || blocks.length > 0;
        add(child, always, { conditional, need: isPerhaps ? 'optional' : need, ...after });
        add(child, perhaps, { conditional, need: 'optional' });
        elsewhere.push(
          ...references.map(({ isAlways, ...one }) => ({
            ...one,
            line: lineOf(child),
            need: isPerhaps || !isAlways ? ('optional' as const) : need,
          })),
        );
        if (isOpen && computedAt === 0) computedAt = lineOf(child);
      }
      for (const block of blocks)
        visit(
          block.node,
          conditional || block.conditional,
          within(need, block.need),
          block.after === undefined
            ? after
            : { after: [...(after.after ?? []), ...block.after.flatMap((one) => importsOf(text(one)))] },
        );
    }
  };
  visit(tree.topNode, false, 'module', {});
  return { imports: found, elsewhere, computedAt };
};

/** All imports of a module except those under `TYPE_CHECKING`, from the parser. */
export const parseAllImports = (source: string): readonly NeededFor[] => parseModule(source).imports;

/** The imports that run when Python imports the module, and that it needs. */
export const parseImports = (source: string): readonly PythonImport[] =>
  parseAllImports(source).flatMap(({ need, ...one }) => (need === 'module' ? one : []));

/** Removes a byte order mark, and turns single carriage returns into line feeds, as Python does. */
const textOf = (source: string): string => source.replace(/^\ufeff/, '').replace(/\r(?!\n)/g, '\n');

/** Whether a module may have calls that count. Calls that only look a module up never need it. */
const mayCall = (source: string, isAlways: boolean): boolean =>
  mayCallForModules(source) || (!isAlways && mayAskForModules(source));

/** The imports of a module that a pattern finds; undefined where the module needs the parser. */
const plain = (source: string, isAlways: boolean): readonly PythonImport[] | undefined =>
  mayCall(source, isAlways) ? undefined : plainImports(source, isAlways);

/**
 * The imports of a module that run when Python imports it, in their order. Imports in functions are left out, as are
 * those that the module can do without: in a `try` that handles `ImportError`, under `TYPE_CHECKING`, for the main
 * program, or for certain versions and platforms. `import_module('a.b')` and `__import__('a.b')` count as `import a.b`.
 * Syntax errors are tolerated.
 *
 * @since 0.1.0
 */
export const readImports = (written: string): readonly PythonImport[] => {
  const source = textOf(written);
  return source.includes('import') ? (plain(source, true) ?? parseImports(source)) : [];
};

/** The imports of a module, except those under `TYPE_CHECKING` and for the main program. */
export const moduleImports = (written: string): ModuleImports => {
  const source = textOf(written);
  if (!source.includes('import')) return NO_IMPORTS;
  const found = plain(source, false);
  return found === undefined
    ? parseModule(source)
    : { ...NO_IMPORTS, imports: found.map((one) => ({ ...one, need: 'module' as const })) };
};

const NO_IMPORTS: ModuleImports = { imports: [], elsewhere: [], computedAt: 0 };

/** All imports of a module, each with its need. Where a name is computed, any string of the module may be that name. */
export const allImports = (written: string): readonly NeededFor[] => {
  const { imports, computedAt } = moduleImports(written);
  if (computedAt === 0) return imports;
  const place = { names: [], level: 0, line: computedAt, conditional: false, need: 'optional' as const };
  return [...imports, ...namesInTexts(written).map((module) => ({ ...place, module }))];
};

export type { PythonImport } from './import-statement';
