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

/** An import and its purpose. */
export interface NeededFor extends PythonImport {
  readonly need: ImportNeed;
}

const lineEnds = (source: string): readonly number[] =>
  [...source.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: end }) => index + end.length);

/** A block that a module works without makes all imports in it optional, and a function makes all imports in it late. */
const within = (outer: ImportNeed, inner: ImportNeed): ImportNeed =>
  WITHOUT.find((need) => need === outer || need === inner) ?? (outer === 'function' ? outer : inner);

const WITHOUT = ['elsewhere', 'optional'] as const;

/** A variable of another module, whose value is the name of a module to import. */
export interface NameElsewhere extends ImportedName {
  readonly line: number;
  readonly need: ImportNeed;
}

/** What a module imports. */
export interface ModuleImports {
  readonly imports: readonly NeededFor[];
  /** Imports whose module name is the value of a variable of another module. */
  readonly elsewhere: readonly NameElsewhere[];
  /** The line of the first call whose module name only running the code tells; 0 without such a call. */
  readonly computedAt: number;
}

type After = Pick<PythonImport, 'after'>;

const PLACES = /^(?:DecoratedStatement|StatementGroup)$/;

/** The imports of a module without those under `TYPE_CHECKING`, found by the parser, which accepts any text. */
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
        // A call in a function may import an optional plugin, and an expression in the head of a block may not run.
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

/** All imports of a module but those under `TYPE_CHECKING`, by a parser. */
export const parseAllImports = (source: string): readonly NeededFor[] => parseModule(source).imports;

/** The imports that run when Python imports the module, and that the module needs. */
export const parseImports = (source: string): readonly PythonImport[] =>
  parseAllImports(source).flatMap(({ need, ...one }) => (need === 'module' ? one : []));

/** The text without a byte order mark, with `\n` for single carriage returns, as Python reads it. */
const textOf = (source: string): string => source.replace(/^\ufeff/, '').replace(/\r(?!\n)/g, '\n');

/** Whether a module may have calls that import. Calls that only look a module up need not find it. */
const mayCall = (source: string, isAlways: boolean): boolean =>
  mayCallForModules(source) || (!isAlways && mayAskForModules(source));

/** The imports of a module, found without the parser; undefined where the parser must decide. */
const plain = (source: string, isAlways: boolean): readonly PythonImport[] | undefined =>
  mayCall(source, isAlways) ? undefined : plainImports(source, isAlways);

/**
 * The imports of a module that run when Python imports it, in their order. Left out are imports in functions, and
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

/** The imports of a module without those under `TYPE_CHECKING` and those of the main program. */
export const moduleImports = (written: string): ModuleImports => {
  const source = textOf(written);
  if (!source.includes('import')) return NO_IMPORTS;
  const found = plain(source, false);
  return found === undefined
    ? parseModule(source)
    : { ...NO_IMPORTS, imports: found.map((one) => ({ ...one, need: 'module' as const })) };
};

const NO_IMPORTS: ModuleImports = { imports: [], elsewhere: [], computedAt: 0 };

/** All its imports, each with its purpose. Where a name is computed, any text of the module may be that name. */
export const allImports = (written: string): readonly NeededFor[] => {
  const { imports, computedAt } = moduleImports(written);
  if (computedAt === 0) return imports;
  const place = { names: [], level: 0, line: computedAt, conditional: false, need: 'optional' as const };
  return [...imports, ...namesInTexts(written).map((module) => ({ ...place, module }))];
};

export type { PythonImport } from './import-statement';
