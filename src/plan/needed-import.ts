import type { HandlerModule } from './imports/handler-module';
import { kindIn, moduleTree } from './imports/module-tree';
import { loadedBy } from './imports/resolve-import';
import type { PythonImport } from './import-statement';
import { namesInTexts } from './called-imports';
import { allImports } from './python-imports';

/**
 * An import of a function's own files that something else must provide.
 *
 * @since 0.1.0
 */
export interface NeededImport {
  /** Path of the file that has it, relative to the source root, with `/`. */
  readonly file: string;
  /** From 1; 0 where the handler names the module. */
  readonly line: number;
  /** Name of the module at the top, without dots. */
  readonly module: string;
  /** The handler string that names the module. @default a line of the file does */
  readonly handler?: string;
}

/**
 * A declaration further up, and the import because of which it is used.
 *
 * @since 0.1.0
 */
export interface NeededDeclaration extends NeededImport {
  /** Absolute path. */
  readonly declaration: string;
}

/** The user's own files, with `/` and relative to the source root, and their texts. */
export interface OwnModules {
  /** What Python runs first; empty for a layer, of which any module may be imported. */
  readonly entries: readonly string[];
  /** The module that a handler string names. @default the handler is in the entry */
  readonly handler?: HandlerModule;
  readonly files: readonly string[];
  /** Undefined where there is no text. */
  readonly textOf: (file: string) => string | undefined;
}

/** By which a module may import others under names that its text does not have. */
const DYNAMIC = new Set(['importlib', 'pkgutil', 'runpy']);

/** What Python imports as a module of the user's own. */
const MODULE = /\.(?:py|pyc|so)$/;

/** A file that an import can name. */
const IMPORTABLE = /^[^.]+\.py$/;

/** An import of what is not among the user's own files. */
export interface OuterImport extends Pick<PythonImport, 'module' | 'names'> {
  readonly file: string;
  /** 0 where the handler names the module. */
  readonly line: number;
  /** The handler string that names the module. @default a line of the file does */
  readonly handler?: string;
  /** Whether the module works without it, as in a `try` that handles `ImportError`. @default false */
  readonly isOptional?: true;
}

/**
 * The imports of what is not among the user's own files, each once: in the entry and the own files that it imports, in the order in
 * which these are found. Where one of them imports by names that no text has, all own files count.
 */
export const outerImports = ({ entries, handler, files, textOf }: OwnModules): readonly OuterImport[] => {
  const known = new Set(files);
  const tree = moduleTree(files.filter((file) => MODULE.test(file)));
  const importable = files.filter((file) => IMPORTABLE.test(file));
  const found = new Map<string, OuterImport>();
  const waiting = entries.length === 0 ? [...importable] : [...entries];
  const seen = new Set(waiting);
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    waiting.push(file);
  };
  const loaded = (imported: Pick<PythonImport, 'module' | 'names' | 'level'>, importer: string) =>
    loadedBy(tree, imported, importer)
      .map((one) => `${one}.py`)
      .filter((one) => known.has(one));
  const follow = (imported: Pick<PythonImport, 'module' | 'names' | 'level'>, importer: string): void => {
    const modules = loaded(imported, importer);
    modules.forEach(visit);
    // `import *` of a package imports the submodules that its `__all__` names.
    const all = imported.names.includes('*') ? (textOf(modules.at(-1) ?? '') ?? '') : '';
    if (all.includes('__all__')) loaded({ ...imported, names: namesInTexts(all) }, importer).forEach(visit);
  };
  if (handler !== undefined) {
    const isOwn = kindIn([tree], topOf(handler.module)) !== undefined;
    if (isOwn) follow({ module: handler.module, names: [], level: 0 }, '');
    else found.set(handler.module, { file: entries[0] ?? '', line: 0, names: [], ...handler });
  }
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    const text = textOf(file) ?? '';
    const imports = allImports(text);
    for (const { module, names, level, line, need } of imports) {
      const key = [module, ...names].join(' ');
      if (level === 0 && kindIn([tree], topOf(module)) === undefined) {
        const isOptional = need === 'optional';
        const before = found.get(key);
        if (before === undefined || (before.isOptional === true && !isOptional))
          found.set(key, { file, line, module, names, ...(isOptional ? { isOptional } : {}) });
      } else follow({ module, names, level }, file.replace(/\.py$/, ''));
    }
    if (imports.some(({ module }) => DYNAMIC.has(topOf(module))) || /\b__import__\s*\(/.test(text))
      importable.forEach(visit);
  }
  return [...found.values()];
};

const topOf = (module: string): string => module.split('.')[0] ?? '';

/**
 * The first of them that nothing provides; undefined where all are provided. One that the module works without counts where
 * it is declared: whoever declares it wants it there.
 *
 * @param isProvided whether the standard library, the runtime or a layer has what an import asks for, by its name at the top
 * @param isDeclared whether a declaration further up names a distribution that provides it
 */
export const neededAmong = (
  outer: readonly OuterImport[],
  isProvided: (name: string, imported: OuterImport) => boolean,
  isDeclared: (imported: OuterImport) => boolean,
): NeededImport | undefined => {
  const needed = outer.find(
    (one) => !isProvided(topOf(one.module), one) && (one.isOptional !== true || isDeclared(one)),
  );
  if (needed === undefined) return undefined;
  const { file, line, module, handler } = needed;
  return { file, line, module: topOf(module), ...(handler === undefined ? {} : { handler }) };
};
