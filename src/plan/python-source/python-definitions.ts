import type { SyntaxNode } from '@lezer/common';
import { pythonParser } from './python-parser';

/** The top-level definitions of a module, as far as its text shows them. */
interface Definitions {
  /** Functions, `async` ones included, in order of appearance, each once. */
  readonly functions: readonly string[];
  /** Every name bound at the top level: functions, classes, assignments, imports. */
  readonly names: ReadonlySet<string>;
  /** Whether it may define any other name: it has `from … import *`, or a `__getattr__` (PEP 562). */
  readonly open: boolean;
}

const children = (node: SyntaxNode): readonly SyntaxNode[] => {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
};

/** The names a target binds: `a`, `a, b`, `[a, (b, *c)]`. `a.b` and `a[0]` bind none. */
const targets = (node: SyntaxNode): readonly SyntaxNode[] => {
  if (node.name === 'VariableName') return [node];
  return ['TupleExpression', 'ArrayExpression', 'ParenthesizedExpression'].includes(node.name)
    ? children(node).flatMap(targets)
    : [];
};

const assigned = (statement: SyntaxNode): readonly SyntaxNode[] => {
  const parts = children(statement);
  const lastAssign = parts.map(({ name }) => name).lastIndexOf('AssignOp');
  return parts.slice(0, Math.max(lastAssign, 0)).flatMap(targets);
};

/** The targets between `for` and `in`. */
const looped = (statement: SyntaxNode): readonly SyntaxNode[] => {
  const parts = children(statement);
  const names = parts.map(({ name }) => name);
  return parts.slice(names.indexOf('for') + 1, names.indexOf('in')).flatMap(targets);
};

/** The target after each `as`. */
const renamed = (statement: SyntaxNode): readonly SyntaxNode[] =>
  children(statement).flatMap((part) => (part.prevSibling?.name === 'as' ? targets(part) : []));

/** `f(a := 1)`: in an argument list the parser makes no expression of it. */
const walrusArguments = (list: SyntaxNode): readonly SyntaxNode[] =>
  list
    .getChildren('VariableName')
    .filter(({ nextSibling: next }) => next?.name === 'AssignOp' && next.to - next.from === ':='.length);

/** `import a.b as c, d.e` binds `c`, `d`; `from x import a as b, c` binds `b`, `c`. */
const imported = (statement: SyntaxNode): readonly SyntaxNode[] => {
  const parts = children(statement);
  const isFrom = parts[0]?.name === 'from';
  const clauses: SyntaxNode[][] = [[]];
  for (const part of parts.slice(parts.findIndex(({ name }) => name === 'import') + 1)) {
    if (part.name === ',') clauses.push([]);
    else clauses.at(-1)?.push(part);
  }
  return clauses.flatMap((clause) => {
    const variables = clause.filter(({ name }) => name === 'VariableName');
    const isRenamed = isFrom || clause.some(({ name }) => name === 'as');
    return (isRenamed ? variables.at(-1) : variables[0]) ?? [];
  });
};

/** The names that a node itself binds in its scope, without those of the nodes inside it. */
const bound = (node: SyntaxNode): readonly SyntaxNode[] => {
  switch (node.name) {
    case 'FunctionDefinition':
    case 'ClassDefinition':
    case 'TypeDefinition':
    case 'CapturePattern':
      return node.getChildren('VariableName').slice(0, 1);
    case 'AssignStatement':
    case 'NamedExpression':
      return assigned(node);
    case 'ArgList':
      return walrusArguments(node);
    case 'ForStatement':
      return looped(node);
    case 'WithStatement':
    case 'AsPattern':
      return renamed(node);
    case 'ImportStatement':
      return imported(node);
    default:
      return [];
  }
};

/** Nodes with a scope of their own. */
const SCOPES = ['FunctionDefinition', 'ClassDefinition', 'LambdaExpression'];

/** Reads the top level of a Python module; a syntax error does not stop it. */
export const readDefinitions = (withMark: string): Definitions => {
  const source = withMark.replace(/^\ufeff/, '');
  const text = ({ from, to }: { readonly from: number; readonly to: number }): string =>
    source.slice(from, to);
  const functions = new Set<string>();
  const names = new Set<string>();
  let open = false;
  pythonParser()
    .parse(source)
    .iterate({
      enter: ({ name, node }) => {
        const here = bound(node).map(text);
        here.forEach((binding) => names.add(binding));
        if (name === 'FunctionDefinition') here.forEach((binding) => functions.add(binding));
        if (name === 'ImportStatement' && children(node).some((part) => text(part) === '*')) open = true;
        return !SCOPES.includes(name);
      },
    });
  return { functions: [...functions], names, open: open || names.has('__getattr__') };
};
