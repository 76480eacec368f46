import type { SyntaxNode } from '@lezer/common';

/** A call that ends the process. */
const EXITS = /^(?:sys\.|builtins\.)?(?:exit|quit)\s*\(|^os\.(?:_exit|abort)\s*\(/;

/** Statements with blocks. Their blocks are not examined. */
const HAS_BLOCKS = /^(?:If|For|While|Try|With|Match|Decorated)Statement$|Definition$/;

/** The statements of a body; of `a; b` there are two. */
const statementsOf = (body: SyntaxNode): readonly SyntaxNode[] => {
  const found: SyntaxNode[] = [];
  for (let child = body.firstChild; child !== null; child = child.nextSibling) {
    if (child.name === 'StatementGroup') found.push(...statementsOf(child));
    else if (/(?:Statement|Definition)$/.test(child.name)) found.push(child);
  }
  return found;
};

/** Whether the handler of an exception ends with another one, or with the end of the process, whatever it does before. */
export const alwaysFails = (body: SyntaxNode, text: (node: SyntaxNode) => string): boolean => {
  const statements = statementsOf(body);
  const last = statements.at(-1);
  return (
    last !== undefined &&
    !statements.some(({ name }) => HAS_BLOCKS.test(name)) &&
    (last.name === 'RaiseStatement' || (last.name === 'ExpressionStatement' && EXITS.test(text(last))))
  );
};
