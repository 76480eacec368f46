import type { SyntaxNode } from '@lezer/common';

/** A call that exits Python. */
const EXITS = /^(?:sys\.|builtins\.)?(?:exit|quit)\s*\(|^os\.(?:_exit|abort)\s*\(/;

/** Statements with blocks, whose content is not examined. */
const HAS_BLOCKS = /^(?:If|For|While|Try|With|Match|Decorated)Statement$|Definition$/;

/** The statements of a body; `a; b` is two. */
const statementsOf = (body: SyntaxNode): readonly SyntaxNode[] => {
  const found: SyntaxNode[] = [];
  for (let child = body.firstChild; child !== null; child = child.nextSibling) {
    if (child.name === 'StatementGroup') found.push(...statementsOf(child));
    else if (/(?:Statement|Definition)$/.test(child.name)) found.push(child);
  }
  return found;
};

/** Whether an exception handler always ends by raising an exception or by exiting Python. */
export const alwaysFails = (body: SyntaxNode, text: (node: SyntaxNode) => string): boolean => {
  const statements = statementsOf(body);
  const last = statements.at(-1);
  return (
    last !== undefined &&
    !statements.some(({ name }) => HAS_BLOCKS.test(name)) &&
    (last.name === 'RaiseStatement' || (last.name === 'ExpressionStatement' && EXITS.test(text(last))))
  );
};
