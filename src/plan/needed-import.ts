import * as path from 'node:path';
import { allImports } from './inner-imports';
import type { PythonImport } from './python-imports';

/**
 * An import of a function's own files that something else must provide.
 *
 * @since 0.1.0
 */
export interface NeededImport {
  /** Path of the file that has it, relative to the source root, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Name of the module at the top, without dots. */
  readonly module: string;
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
  readonly files: readonly string[];
  /** Undefined where there is no text. */
  readonly textOf: (file: string) => string | undefined;
}

/** By which a module may import others under names that its text does not have. */
const DYNAMIC = new Set(['importlib', 'pkgutil', 'runpy']);

const MODULE = /^[^.]+\.(?:py|[^/]*so|pyc)$/;

/** The first name of each module that the user's own files are; a folder without any module is none. */
const topsOf = (files: readonly string[]): ReadonlySet<string> =>
  new Set(
    files.filter((file) => MODULE.test(path.posix.basename(file))).map((file) => file.split(/[/.]/)[0] ?? ''),
  );

/** The own files that an import may run: of `from a.b import c` those of `a`, `a.b` and `a.b.c`. */
const filesOf = ({ module, names, level }: PythonImport, importer: string): readonly string[] => {
  const parts = module === '' ? [] : module.split('.');
  const folder = path.posix.dirname(importer);
  const base = level === 0 ? '' : path.posix.join(folder, ...Array<string>(level - 1).fill('..'));
  const modules = parts.map((_, index) => path.posix.join(base, ...parts.slice(0, index + 1)));
  const inner = names.map((name) => path.posix.join(modules.at(-1) ?? base, name));
  return [...(level > 0 && parts.length === 0 ? [base] : []), ...modules, ...inner].flatMap((each) => [
    `${each}.py`,
    path.posix.join(each, '__init__.py'),
  ]);
};

/**
 * The first import that neither the own files nor anything else at hand provides, in the entry and the own files that it
 * imports. Where one of these imports by names that no text has, all own files count. Undefined where all is at hand.
 *
 * @param isProvided whether the standard library, the runtime or a layer has what an import asks for, by its name at the top
 */
export const neededImport = (
  { entries, files, textOf }: OwnModules,
  isProvided: (name: string, imported: PythonImport) => boolean,
): NeededImport | undefined => {
  const known = new Set(files);
  const tops = topsOf(files);
  const importable = files.filter((file) => /^[^.]+\.py$/.test(file));
  const waiting = entries.length === 0 ? [...importable] : [...entries];
  const seen = new Set(waiting);
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    waiting.push(file);
  };
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    const text = textOf(file) ?? '';
    const imports = allImports(text);
    for (const each of imports) {
      const top = each.module.split('.')[0] ?? '';
      if (each.level === 0 && !tops.has(top) && !isProvided(top, each))
        return { file, line: each.line, module: top };
      filesOf(each, file)
        .filter((candidate) => known.has(candidate))
        .forEach(visit);
    }
    if (
      imports.some(({ module }) => DYNAMIC.has(module.split('.')[0] ?? '')) ||
      /\b__import__\s*\(/.test(text)
    )
      importable.forEach(visit);
  }
  return undefined;
};
