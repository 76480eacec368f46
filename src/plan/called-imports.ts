import type { SyntaxNode } from '@lezer/common';
import type { PythonImport } from './import-statement';

/** Whether a module may call for another one by its name. */
export const mayCallForModules = (source: string): boolean => /\bimport_module\b|\b__import__\b/.test(source);

/** The names under which a module has `importlib.import_module`. */
const calledAs = (source: string): ReadonlySet<string> =>
  new Set([
    'import_module',
    ...[...source.matchAll(/\bimport_module[ \t]+as[ \t]+(\w+)/g)].map(([, name = '']) => name),
  ]);

/** A name in the text, which no part of a run decides. A relative one depends on a second argument. */
const LITERAL = /^(["'])([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\1$/;

/**
 * What the calls in a statement import by names that the text has: `importlib.import_module('a.b')`, `__import__('a')`. Those in a
 * `lambda` are not among them.
 */
export const calledImports = (
  source: string,
): ((statement: SyntaxNode) => readonly Pick<PythonImport, 'module' | 'names' | 'level'>[]) => {
  const names = calledAs(source);
  const text = ({ from, to }: SyntaxNode): string => source.slice(from, to);
  const isImporting = (callee: string): boolean =>
    /^(?:builtins\.)?__import__$/.test(callee) || callee.endsWith('.import_module') || names.has(callee);
  return (statement) => {
    const found: Pick<PythonImport, 'module' | 'names' | 'level'>[] = [];
    statement.cursor().iterate(({ name, node }) => {
      if (name === 'LambdaExpression') return false;
      if (name !== 'CallExpression' || node.firstChild === null || !isImporting(text(node.firstChild)))
        return true;
      const argument = node.getChild('ArgList')?.firstChild?.nextSibling;
      const [, , module] = LITERAL.exec(argument == null ? '' : text(argument)) ?? [];
      if (module !== undefined) found.push({ module, names: [], level: 0 });
      return true;
    });
    return found;
  };
};
