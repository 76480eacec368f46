import type { SyntaxNode, Tree } from '@lezer/common';
import { children } from './import-blocks';

/** What a module imports under one of its names. */
export interface ImportedName {
  readonly _tag: 'Imported';
  readonly module: string;
  /** Dots of a relative import. */
  readonly level: number;
  /** Empty for the module itself. */
  readonly name: string;
}

/** What gives a name its value. */
export type Binding =
  | ImportedName
  | {
      readonly _tag: 'Value';
      /** The value is one of these expressions, or contains one. */
      readonly nodes: readonly SyntaxNode[];
      /** Whether a statement that always runs gives this one name this one value, at the top level of the module. */
      readonly isPlain: boolean;
    }
  /** A parameter: its caller decides. */
  | { readonly _tag: 'Unknown' };

/** All bindings by name, in every scope. The name of an attribute begins with a dot. */
export type BoundNames = ReadonlyMap<string, readonly Binding[]>;

/** Targets that are nested deeper are not followed. */
const DEEPEST = 10;

const isExpression = ({ name }: SyntaxNode): boolean =>
  /^[A-Z]/.test(name) && !/^(?:AssignOp|UpdateOp|TypeDef|Comment)$/.test(name);

/** The names of a target: `a`, `(a, b)`, `self.a`. */
const targetsOf = (node: SyntaxNode, text: (node: SyntaxNode) => string, depth = 0): readonly string[] => {
  if (node.name === 'VariableName') return [text(node)];
  if (node.name === 'MemberExpression')
    return node.lastChild?.name === 'PropertyName' ? [`.${text(node.lastChild)}`] : [];
  return depth < DEEPEST && /^(?:Tuple|Array|Parenthesized)Expression$/.test(node.name)
    ? children(node).flatMap((child) => targetsOf(child, text, depth + 1))
    : [];
};

/** `import a.b as c, d.e`, `from ..a import b as c, d`. */
const imported = (
  statement: SyntaxNode,
  text: (node: SyntaxNode) => string,
): readonly (readonly [string, ImportedName])[] => {
  const parts = children(statement);
  const at = parts.findIndex(({ name }) => name === 'import');
  const from = parts.slice(1, Math.max(at, 1)).map(text).join('');
  const level = /^\.*/.exec(from)?.[0].length ?? 0;
  const clauses: SyntaxNode[][] = [[]];
  for (const part of parts.slice(at + 1)) {
    if (part.name === ',') clauses.push([]);
    else clauses.at(-1)?.push(part);
  }
  return clauses.flatMap((clause): readonly (readonly [string, ImportedName])[] => {
    const as = clause.findIndex(({ name }) => name === 'as');
    const dotted = (as < 0 ? clause : clause.slice(0, as))
      .filter(({ name }) => name === 'VariableName' || name === '.')
      .map(text)
      .join('');
    const alias = clause[as + 1];
    if (dotted === '' || (as >= 0 && alias === undefined)) return [];
    if (at > 0) {
      const local = as >= 0 && alias !== undefined ? text(alias) : dotted;
      return [[local, { _tag: 'Imported', module: from.slice(level), level, name: dotted }]];
    }
    const [top = ''] = dotted.split('.');
    return as >= 0 && alias !== undefined
      ? [[text(alias), { _tag: 'Imported', module: dotted, level: 0, name: '' }]]
      : [[top, { _tag: 'Imported', module: top, level: 0, name: '' }]];
  });
};

/** Reads the bindings of a module. */
export const boundNames = (tree: Tree, text: (node: SyntaxNode) => string): BoundNames => {
  const found = new Map<string, Binding[]>();
  const bind = (name: string, binding: Binding): void => {
    const known = found.get(name);
    if (known === undefined) found.set(name, [binding]);
    else known.push(binding);
  };
  const assign = (node: SyntaxNode): void => {
    const parts = children(node);
    const at = parts.map(({ name }) => /^(?:Assign|Update)Op$/.test(name)).lastIndexOf(true);
    if (at < 0) return;
    const nodes = parts.slice(at + 1).filter(isExpression);
    const targets = parts.slice(0, at).flatMap((part) => targetsOf(part, text));
    const isPlain = node.name === 'AssignStatement' && node.parent?.name === 'Script' && targets.length === 1;
    for (const target of targets)
      bind(target, { _tag: 'Value', nodes, isPlain: isPlain && nodes.length === 1 });
  };
  /** `for a, b in c`, in a statement or in an expression. */
  const loop = (node: SyntaxNode): void => {
    let targets: string[] | undefined;
    let isValue = false;
    for (const part of children(node)) {
      if (part.name === 'for') [targets, isValue] = [[], false];
      else if (part.name === 'in') isValue = true;
      else if (part.name === 'if' || part.name === 'Body') isValue = false;
      else if (targets === undefined) continue;
      else if (!isValue) targets.push(...targetsOf(part, text));
      else if (isExpression(part))
        for (const name of targets) bind(name, { _tag: 'Value', nodes: [part], isPlain: false });
    }
  };
  const parameters = (node: SyntaxNode): void => {
    for (const part of children(node)) {
      const before = part.prevSibling;
      if (before?.name === 'AssignOp') {
        const name =
          before.prevSibling?.name === 'TypeDef' ? before.prevSibling.prevSibling : before.prevSibling;
        if (name !== null) bind(text(name), { _tag: 'Value', nodes: [part], isPlain: false });
      } else if (part.name === 'VariableName') bind(text(part), { _tag: 'Unknown' });
    }
  };
  tree.iterate({
    enter: ({ name, node }) => {
      if (name === 'ImportStatement')
        for (const [local, binding] of imported(node, text)) bind(local, binding);
      else if (/^(?:AssignStatement|UpdateStatement|NamedExpression)$/.test(name)) assign(node);
      else if (name === 'ForStatement' || name.includes('Comprehension')) loop(node);
      else if (name === 'ParamList') parameters(node);
    },
  });
  return found;
};
