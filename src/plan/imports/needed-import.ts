import type { HandlerModule } from './handler-module';
import { exportedNames } from '../python-source/exported-names';
import { isSettled, unsettled } from './may-provide';
import { kindIn, moduleTree, modulesIn } from './module-tree';
import { loadedBy } from './resolve-import';
import type { AssignedTexts } from '../python-source/assigned-texts';
import { assignedTexts } from '../python-source/assigned-texts';
import type { PythonImport } from '../python-source/import-statement';
import { namesInTexts } from '../python-source/called-imports';
import type { NameElsewhere } from '../python-source/python-imports';
import { moduleImports } from '../python-source/python-imports';

/**
 * An import in a function's own files that something else must provide.
 *
 * @since 0.1.0
 */
export interface NeededImport {
  /** Path of the importing file, relative to the source root, with `/`. */
  readonly file: string;
  /** From 1; 0 where the handler names the module. */
  readonly line: number;
  /** Name of the top-level module, without dots. */
  readonly module: string;
  /** The handler string that names the module. @default - a line of the file names it */
  readonly handler?: string;
}

/**
 * A declaration in a folder above, and the import that needs it.
 *
 * @since 0.1.0
 */
export interface NeededDeclaration extends NeededImport {
  /** Absolute path. */
  readonly declaration: string;
}

/** The user's own files and their texts. Paths have `/` and are relative to the source root. */
export interface OwnModules {
  /** The files that Python runs first. Empty for a layer: a function may import any of its modules. */
  readonly entries: readonly string[];
  /** The module that a handler string names. @default - the handler is in the entry */
  readonly handler?: HandlerModule;
  readonly files: readonly string[];
  /** Undefined for a file that is not text. */
  readonly textOf: (file: string) => string | undefined;
}

/** Modules that can import a module by a computed name. */
const DYNAMIC = new Set(['importlib', 'pkgutil', 'runpy']);

/** A file that Python can import as one of the user's own modules. */
const MODULE = /\.(?:py|pyc|so)$/;

/** A Python file whose name an import can have. */
const IMPORTABLE = /^[^.]+\.py$/;

/** An import of a module that is not among the user's own files. */
export interface OuterImport extends Pick<PythonImport, 'module' | 'names'> {
  readonly file: string;
  /** 0 where the handler names the module. */
  readonly line: number;
  /** The handler string that names the module. @default - a line of the file names it */
  readonly handler?: string;
  /** Whether the module works without it, as in a `try` that handles `ImportError`. @default false */
  readonly isOptional?: true;
  /** Whether it is known to be for another version of Python or another platform. @default false */
  readonly isElsewhere?: true;
  /** Whether the name is only a text in a module that imports by computed names. @default false */
  readonly isGuess?: true;
}

/** The imports in own files of modules that are not among them. */
export interface OuterImports {
  readonly imports: readonly OuterImport[];
  /** The first place that imports a module by a computed name. @default - there is no such place */
  readonly computed?: Pick<NeededImport, 'file' | 'line'>;
}

type Asked = Pick<PythonImport, 'module' | 'names' | 'level'>;

/**
 * The imports of modules that are not among the user's own files, each once, in the order in which they are found. The
 * entry and the own files that it imports count. If one of these imports by computed names, all own files count.
 */
export const outerImports = ({ entries, handler, files, textOf }: OwnModules): OuterImports => {
  const known = new Set(files);
  const tree = moduleTree(files.filter((file) => MODULE.test(file)));
  const importable = files.filter((file) => IMPORTABLE.test(file));
  const found = new Map<string, OuterImport>();
  const waiting = entries.length === 0 ? [...importable] : [...entries];
  const seen = new Set(waiting);
  /** The files that a statement certainly imports; a computed name may import the others. */
  const reached = new Set(waiting);
  const computed: { readonly file: string; readonly line: number }[] = [];
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    waiting.push(file);
  };
  const loaded = (imported: Asked, importer: string) =>
    loadedBy(tree, imported, importer)
      .map((one) => `${one}.py`)
      .filter((one) => known.has(one));
  const reach = (modules: readonly string[]): void => {
    for (const file of modules) {
      reached.add(file);
      visit(file);
    }
  };
  const follow = (imported: Asked, importer: string): void => {
    const modules = loaded(imported, importer);
    reach(modules);
    // `import *` of a package imports the submodules that its `__all__` names.
    const last = imported.names.includes('*') ? modules.at(-1) : undefined;
    if (last === undefined) return;
    const { names, isComputed } = exportedNames(textOf(last) ?? '');
    const below = isComputed ? modulesIn(tree, last.replace(/\/?[^/]+$/, '')) : [];
    reach(loaded({ ...imported, names: [...names, ...below] }, importer));
  };
  const isOwn = ({ module, level }: Asked): boolean =>
    level > 0 || kindIn([tree], topOf(module)) !== undefined;
  const add = (
    file: string,
    line: number,
    asked: Asked,
    isOptional: boolean,
    kind: Pick<OuterImport, 'isElsewhere' | 'isGuess'> = {},
  ): void => {
    const { module, names } = asked;
    if (isOwn(asked)) {
      follow(asked, file.replace(/\.py$/, ''));
      return;
    }
    const key = [module, ...names].join(' ');
    const before = found.get(key);
    if (before === undefined || (before.isOptional === true && !isOptional))
      found.set(key, { file, line, module, names, ...(isOptional ? { isOptional, ...kind } : {}) });
  };
  /** The texts that an own module assigns to a name. Names that the module itself imports are not followed. */
  const valueOf = ({ module, level, name }: NameElsewhere, importer: string): AssignedTexts => {
    const asked = { module, names: [], level };
    const [file] = isOwn(asked) ? loaded(asked, importer).slice(-1) : [];
    return assignedTexts(file === undefined ? '' : (textOf(file) ?? ''), name);
  };
  if (handler !== undefined) {
    const asked = { module: handler.module, names: [], level: 0 };
    if (isOwn(asked)) follow(asked, '');
    else found.set(handler.module, { file: entries[0] ?? '', line: 0, names: [], ...handler });
  }
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    const text = textOf(file) ?? '';
    const { imports, elsewhere, computedAt } = moduleImports(text);
    for (const { line, need, ...asked } of imports)
      add(
        file,
        line,
        asked,
        need === 'optional' || need === 'elsewhere',
        need === 'elsewhere' ? { isElsewhere: true } : {},
      );
    for (const one of elsewhere) {
      const { line, need } = one;
      const { texts, isComputed } = valueOf(one, file.replace(/\.py$/, ''));
      if (isComputed) computed.push({ file, line });
      for (const module of texts)
        add(
          file,
          line,
          { module, names: [], level: 0 },
          need === 'optional' || need === 'elsewhere' || isComputed || texts.length > 1,
        );
    }
    if (computedAt > 0) computed.push({ file, line: computedAt });
    if (imports.some(({ module }) => DYNAMIC.has(topOf(module))) || /\b__import__\b/.test(text))
      importable.forEach(visit);
  }
  const first = computed.find(({ file }) => reached.has(file));
  const [place = first] = first === undefined ? computed : [];
  if (place !== undefined) {
    // The computed name may be any text of these modules, such as an item of a list. It counts if a declaration has its
    // package.
    const texts = [...new Set([...reached, ...computed.map(({ file }) => file)])].flatMap((file) =>
      namesInTexts(textOf(file) ?? ''),
    );
    for (const module of texts.filter((name) => kindIn([tree], topOf(name)) === undefined))
      add(place.file, place.line, { module, names: [], level: 0 }, true, { isGuess: true });
  }
  return { imports: [...found.values()], ...(first === undefined ? {} : { computed: first }) };
};

const topOf = (module: string): string => module.split('.')[0] ?? '';

/**
 * The first import that nothing provides; undefined if all are provided. An optional import counts if it is declared:
 * the author of the declaration wants it installed.
 *
 * @param isProvided whether the standard library, the runtime or a layer provides an import, by its top-level name
 * @param isDeclared whether a declaration above names a distribution that provides it
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

/**
 * The first optional import that a declared distribution may or may not provide: its name does not say. Undefined if
 * there is no such import.
 *
 * @param isProvided as for {@link neededAmong}
 * @param distributions normalized names of the distributions declared above; none is known to provide an import
 */
export const unsettledAmong = (
  outer: readonly OuterImport[],
  isProvided: (name: string, imported: OuterImport) => boolean,
  distributions: () => readonly string[],
): Pick<NeededImport, 'file' | 'line' | 'module'> | undefined => {
  const open = outer.find(
    (one) =>
      one.isOptional === true &&
      one.isElsewhere !== true &&
      one.isGuess !== true &&
      !isSettled(one) &&
      !isProvided(topOf(one.module), one),
  );
  return open === undefined || unsettled(distributions()).length === 0
    ? undefined
    : { file: open.file, line: open.line, module: topOf(open.module) };
};
