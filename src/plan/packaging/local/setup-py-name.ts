import type { SyntaxNode } from '@lezer/common';
import { pythonParser } from '../../python-source/python-parser';

/** The value of `name=…` in a call's own arguments, not in those of calls inside it. */
const nameArgument = (call: SyntaxNode, text: (node: SyntaxNode) => string): string | undefined => {
  const key = call
    .getChild('ArgList')
    ?.getChildren('VariableName')
    .find((variable) => text(variable) === 'name' && variable.nextSibling?.name === 'AssignOp');
  const value = key?.nextSibling?.nextSibling;
  return value?.name === 'String' ? /^(['"])([^'"\\]*)\1$/.exec(text(value))?.[2] : undefined;
};

/** The literal name that a `setup.py` passes to `setup(…)`; undefined for a computed name. */
export const setupPyName = (source: string): string | undefined => {
  const text = ({ from, to }: SyntaxNode): string => source.slice(from, to);
  let found: string | undefined;
  pythonParser()
    .parse(source)
    .iterate({
      enter: ({ name, node }) => {
        const isSetup = name === 'CallExpression' && /(^|\.)setup$/.test(text(node.firstChild ?? node));
        if (isSetup) found ??= nameArgument(node, text);
      },
    });
  return found;
};
