import type { SyntaxNode } from '@lezer/common';
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

/** A name in the text, which no part of a run decides. */
const LITERAL = /^(["'])(\.*)([\p{L}_][\p{L}\p{N}\p{M}_]*(?:\.[\p{L}_][\p{L}\p{N}\p{M}_]*)*)\1$/u;

/** The second argument of a call that imports a relative name from the module's own package. */
const FROM_HERE = /,\s*(?:package\s*=\s*)?__package__\s*,?\s*\)$/;

/**
 * What the calls in a statement import by names that the text has: `importlib.import_module('a.b')`, `__import__('a')`. Those that may
 * not run, as in a `lambda`, are not among them.
 */
export const calledImports = (
  source: string,
): ((statement: SyntaxNode) => readonly Pick<PythonImport, 'module' | 'names' | 'level'>[]) => {
  const names = calledAs(source);
  const text = ({ from, to }: SyntaxNode): string => source.slice(from, to);
  const isImporting = (callee: string): boolean =>
    /^(?:builtins\.)?__import__$/.test(callee) || names.has(callee.replaceAll(/\s+/g, ''));
  return (statement) => {
    const found: Pick<PythonImport, 'module' | 'names' | 'level'>[] = [];
    statement.cursor().iterate(({ name, node }) => {
      if (MAY_NOT_RUN.test(name)) return false;
      if (name !== 'CallExpression' || node.firstChild === null || !isImporting(text(node.firstChild)))
        return true;
      const list = node.getChild('ArgList');
      const argument = list?.firstChild?.nextSibling;
      const [, , dots = '', module] = LITERAL.exec(argument == null ? '' : text(argument)) ?? [];
      const isKnown = dots === '' || (list !== null && FROM_HERE.test(text(list)));
      if (module !== undefined && isKnown) found.push({ module, names: [], level: dots.length });
      return true;
    });
    return found;
  };
};
