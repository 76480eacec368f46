import type { SyntaxNode } from '@lezer/common';
import { children } from './import-blocks';

const isPunctuation = ({ name }: SyntaxNode): boolean => /^[^A-Za-z]+$/.test(name);

/** The positional and keyword arguments of a call. */
export const argumentsOf = (
  call: SyntaxNode,
  text: (node: SyntaxNode) => string,
): { readonly plain: readonly SyntaxNode[]; readonly named: ReadonlyMap<string, SyntaxNode> } => {
  const plain: SyntaxNode[] = [];
  const named = new Map<string, SyntaxNode>();
  const list = call.getChild('ArgList');
  for (const node of list === null ? [] : children(list)) {
    if (isPunctuation(node) || node.name === 'AssignOp' || node.nextSibling?.name === 'AssignOp') continue;
    const before = node.prevSibling;
    if (before?.name === 'AssignOp' && before.prevSibling !== null) named.set(text(before.prevSibling), node);
    else plain.push(node);
  }
  return { plain, named };
};
