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
  /** Whether it is for another version of Python or another platform, as far as is known. @default false */
  readonly isElsewhere?: true;
  /** Whether it is any text of a module that imports by computed names. @default false */
  readonly isGuess?: true;
}

/** What own files import of others. */
export interface OuterImports {
  readonly imports: readonly OuterImport[];
  /** The first place that imports a module by a name that only a run tells. @default there is none */
  readonly computed?: Pick<NeededImport, 'file' | 'line'>;
}

type Asked = Pick<PythonImport, 'module' | 'names' | 'level'>;

/**
 * The imports of what is not among the user's own files, each once: in the entry and the own files that it imports, in the order in
 * which these are found. Where one of them imports by names that no text has, all own files count.
 */
export const outerImports = ({ entries, handler, files, textOf }: OwnModules): OuterImports => {
  const known = new Set(files);
  const tree = moduleTree(files.filter((file) => MODULE.test(file)));
  const importable = files.filter((file) => IMPORTABLE.test(file));
  const found = new Map<string, OuterImport>();
  const waiting = entries.length === 0 ? [...importable] : [...entries];
  const seen = new Set(waiting);
  /** Those that a statement imports, and not only perhaps a call. */
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
  /** What a name of an own module is; where that has it from another module, it is not known. */
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
    // A name may come from any text of these modules, such as one of a list: one that is a declared package's name counts.
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

/**
 * The first import that the module works without, and of which no name tells whether a declared distribution provides it; undefined
 * where there is none.
 *
 * @param isProvided as for {@link neededAmong}
 * @param distributions normalized names of what is declared further up, none of which is known to provide an import
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
