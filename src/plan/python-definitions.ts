import { parser } from '@lezer/python';
import type { SyntaxNode } from '@lezer/common';

/** What a module defines at its top level, as far as its text shows. */
export interface Definitions {
  /** Functions, `async` ones included, in order of appearance. */
  readonly functions: readonly string[];
  /** Every name bound at the top level: functions, classes, assignments, imports. */
  readonly names: ReadonlySet<string>;
  /** Whether the module has `from … import *`, so that it may define any other name. */
  readonly open: boolean;
}

const children = (node: SyntaxNode): readonly SyntaxNode[] => {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
};

/** Statements whose bodies bind names of the module. */
const BLOCKS = [
  'IfStatement',
  'TryStatement',
  'WithStatement',
  'ForStatement',
  'WhileStatement',
  'MatchStatement',
  'MatchBody',
  'MatchClause',
  'Body',
  'StatementGroup',
];

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
    const renamed = isFrom || clause.some(({ name }) => name === 'as');
    return (renamed ? variables.at(-1) : variables[0]) ?? [];
  });
};

/** Reads the top level of a Python module; a syntax error does not stop it. */
export const readDefinitions = (source: string): Definitions => {
  const text = (node: SyntaxNode): string => source.slice(node.from, node.to);
  const functions: string[] = [];
  const names = new Set<string>();
  let open = false;
  const visit = (node: SyntaxNode): void => {
    const definition = node.name === 'DecoratedStatement' ? node.lastChild : node;
    if (definition === null) return;
    if (definition.name === 'FunctionDefinition' || definition.name === 'ClassDefinition') {
      const name = definition.getChild('VariableName');
      if (name === null) return;
      names.add(text(name));
      if (definition.name === 'FunctionDefinition') functions.push(text(name));
    } else if (definition.name === 'AssignStatement') {
      assigned(definition).forEach((name) => names.add(text(name)));
    } else if (definition.name === 'ImportStatement') {
      open = open || children(definition).some((part) => text(part) === '*');
      imported(definition).forEach((name) => names.add(text(name)));
    } else if (BLOCKS.includes(definition.name)) {
      children(definition).forEach(visit);
    }
  };
  children(parser.parse(source).topNode).forEach(visit);
  return { functions, names, open };
};
