import type { SyntaxNode } from '@lezer/common';
import type { PythonImport } from './import-statement';

/** Statements whose calls run when the module does. */
const SIMPLE_STATEMENT = /^(?:Expression|Assign|Update)Statement$/;

/** Expressions whose parts may not run, or run later. */
const MAY_NOT_RUN = /^(?:Lambda|Conditional|Binary)Expression$|Comprehension/;

const FUNCTION = /^(?:importlib\s*\.\s*)?import_module$|^__import__$/;

const NAME = /^(['"])(\.*)([\p{L}_][\p{L}\p{N}\p{M}_]*(?:\.[\p{L}_][\p{L}\p{N}\p{M}_]*)*)\1$/u;

/** Whether a text may have a call that imports; most have not, and need no parser. */
export const mayImportByCall = (source: string): boolean =>
  source.includes('import_module') || source.includes('__import__');

/** What a statement imports by calls of `import_module` and `__import__`, where the text has the name. */
export const importsByCall = (
  statement: SyntaxNode,
  textOf: (node: SyntaxNode) => string,
): readonly Omit<PythonImport, 'line' | 'conditional'>[] => {
  if (!SIMPLE_STATEMENT.test(statement.name)) return [];
  const callsIn = (node: SyntaxNode): readonly SyntaxNode[] =>
    MAY_NOT_RUN.test(node.name)
      ? []
      : [
          ...(node.name === 'CallExpression' ? [node] : []),
          ...childrenOf(node).flatMap((child) => callsIn(child)),
        ];
  return callsIn(statement).flatMap((call) => {
    const [called, list] = childrenOf(call);
    if (called === undefined || list === undefined || !FUNCTION.test(textOf(called))) return [];
    const [, first] = childrenOf(list);
    const [, , dots = '', module] = NAME.exec(first === undefined ? '' : textOf(first)) ?? [];
    // A relative name is relative to what the second argument says.
    const isKnown = dots === '' || /,\s*(?:package\s*=\s*)?__package__\s*,?\s*\)$/.test(textOf(list));
    return module === undefined || !isKnown ? [] : [{ module, names: [], level: dots.length }];
  });
};

const childrenOf = (node: SyntaxNode): readonly SyntaxNode[] => {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
};
