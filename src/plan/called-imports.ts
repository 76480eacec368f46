import type { SyntaxNode } from '@lezer/common';
import { DOTTED_NAME } from './dotted-name';
import type { PythonImport } from './import-statement';

/** Whether a module may call for another one by its name. */
export const mayCallForModules = (source: string): boolean => /\bimport_module\b|\b__import__\b/.test(source);

/** The names under which a module has `importlib.import_module`. */
const calledAs = (source: string): ReadonlySet<string> =>
  new Set([
    'import_module',
    'importlib.import_module',
    ...[...source.matchAll(/\bimport_module[ \t]+as[ \t]+(\w+)/g)].map(([, name = '']) => name),
    ...[...source.matchAll(/\bimportlib[ \t]+as[ \t]+(\w+)/g)].map(
      ([, name = '']) => `${name}.import_module`,
    ),
  ]);

/** Expressions whose parts may not run, or run later. */
const MAY_NOT_RUN = /^(?:Lambda|Conditional|Binary)Expression$|Comprehension/;

/** Arguments that begin with a name in the text, which no part of a run decides. */
const LITERAL = new RegExp(`^\\(\\s*(?:name\\s*=\\s*)?(["'])(\\.*)(${DOTTED_NAME})\\1\\s*[,)]`, 'u');

/** The last argument of a call that imports a relative name: the module's own package, or one by its name. */
const PACKAGE = new RegExp(
  `,\\s*(?:package\\s*=\\s*)?(?:__package__|(["'])(?<named>${DOTTED_NAME})\\1)\\s*,?\\s*\\)$`,
  'u',
);

const TEXT = new RegExp(`(["'])(${DOTTED_NAME})\\1`, 'gu');

type Imported = Pick<PythonImport, 'module' | 'names' | 'level'>;

/** The texts of a module that may be names of modules. */
export const namesInTexts = (source: string): readonly string[] => [
  ...new Set([...source.matchAll(TEXT)].map(([, , name = '']) => name)),
];

/** What the arguments of a call import; undefined where no text says it. */
const importedBy = (list: string): Imported | undefined => {
  const [, , dots = '', module] = LITERAL.exec(list) ?? [];
  if (module === undefined) return undefined;
  const level = dots.length;
  if (level === 0) return { module, names: [], level };
  const last = PACKAGE.exec(list);
  if (last === null) return undefined;
  const named = last.groups?.['named'];
  if (named === undefined) return { module, names: [], level };
  const above = named.split('.').slice(0, named.split('.').length - level + 1);
  return above.length === 0 ? undefined : { module: [...above, module].join('.'), names: [], level: 0 };
};

/** What the calls in a statement import. */
export interface CalledImports {
  /** What the statement imports whenever it runs. */
  readonly always: readonly Imported[];
  /** What it may import, or import later, as in a `lambda`. */
  readonly perhaps: readonly Imported[];
  /** Whether a call has its name from somewhere else than the text. */
  readonly isOpen: boolean;
}

/** The calls of `importlib.import_module('a.b')` and `__import__('a')` in a statement. */
export const calledImports = (source: string): ((statement: SyntaxNode) => CalledImports) => {
  const names = calledAs(source);
  const text = ({ from, to }: SyntaxNode): string => source.slice(from, to);
  const isImporting = (callee: string): boolean =>
    /^(?:builtins\.)?__import__$/.test(callee) || names.has(callee.replaceAll(/\s+/g, ''));
  return (statement) => {
    const [always, perhaps]: [Imported[], Imported[]] = [[], []];
    let isOpen = false;
    let around = 0;
    statement.cursor().iterate(
      ({ name, node }) => {
        if (MAY_NOT_RUN.test(name)) around += 1;
        const list = node.getChild('ArgList');
        if (name !== 'CallExpression' || list === null || node.firstChild === null) return;
        if (!isImporting(text(node.firstChild))) return;
        const imported = importedBy(text(list));
        if (imported === undefined) isOpen = true;
        else (around > 0 ? perhaps : always).push(imported);
      },
      ({ name }) => {
        if (MAY_NOT_RUN.test(name)) around -= 1;
      },
    );
    return { always, perhaps, isOpen };
  };
};
