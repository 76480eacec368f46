import type { SyntaxNode } from '@lezer/common';
import { importsByCall, mayImportByCall } from './dynamic-imports';
import type { PythonImport } from './import-statement';
import { importsOf } from './import-statement';
import { plainImports } from './plain-imports';
import { pythonParser } from './python-parser';

/** A part of a module that runs when it is imported, and whether it may be left out. */
interface Block {
  readonly node: SyntaxNode;
  readonly conditional: boolean;
}

type TextOf = (node: SyntaxNode) => string;

/** Exceptions whose handlers also get what a failed import raises. */
const CAUGHT = new Set(['ImportError', 'ModuleNotFoundError', 'Exception', 'BaseException']);

const children = (node: SyntaxNode): readonly SyntaxNode[] => {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
};

/** Each clause of a compound statement: its keyword, what stands between that and its body, and the body. */
interface Clause {
  readonly keyword: string;
  readonly head: readonly SyntaxNode[];
  readonly body: SyntaxNode;
}

const clausesOf = (statement: SyntaxNode): readonly Clause[] => {
  const clauses: Clause[] = [];
  let open: SyntaxNode[] = [];
  for (const node of children(statement)) {
    if (node.name !== 'Body') {
      open = [...open, node];
      continue;
    }
    const [keyword, ...head] = open;
    clauses.push({ keyword: keyword?.name ?? '', head, body: node });
    open = [];
  }
  return clauses;
};

/** Whether one of the names in an expression, such as `(ImportError, a.B)`, is that of an exception of `CAUGHT`. */
const isCatching = (text: string): boolean => (text.match(/[\w.]+/g) ?? []).some(isCaughtName);

const isCaughtName = (dotted: string): boolean => CAUGHT.has(dotted.split('.').at(-1) ?? '');

/** What is known of a condition on Lambda. */
type Condition = 'yes' | 'no' | 'elsewhere' | 'unknown';

const conditionOf = (text: string): Condition => {
  const plain = text.replace(/[()\s]/g, '').replaceAll('"', "'");
  if (/^(typing\.|t\.)?TYPE_CHECKING$/.test(plain) || plain === 'False' || plain === '0') return 'no';
  if (/^not(typing\.|t\.)?TYPE_CHECKING$/.test(plain) || plain === 'True' || plain === '1') return 'yes';
  if (plain === "__name__=='__main__'" || plain === "'__main__'==__name__") return 'no';
  if (/\bTYPE_CHECKING\b/.test(text)) return 'elsewhere';
  return /\b(version_info|hexversion|sys\.platform|platform\.\w+|os\.name|implementation|PY[23])\b/.test(text)
    ? 'elsewhere'
    : 'unknown';
};

/** The blocks of an `if`, as far as its conditions tell which of them run. */
const branches = (statement: SyntaxNode, text: TextOf): readonly Block[] => {
  const blocks: Block[] = [];
  let conditional = false;
  for (const { keyword, head, body } of clausesOf(statement)) {
    const condition = keyword === 'else' ? 'yes' : conditionOf(head.map(text).join(' '));
    if (condition === 'no') continue;
    // A condition of versions and platforms stands for all branches that come after it.
    if (condition === 'elsewhere') break;
    blocks.push({ node: body, conditional: conditional || condition === 'unknown' });
    if (condition === 'yes') break;
    conditional = true;
  }
  return blocks;
};

/** The blocks of a `try`. Where it catches that an import fails, neither its body nor its handlers need their imports. */
const attempts = (statement: SyntaxNode, text: TextOf): readonly Block[] => {
  const clauses = clausesOf(statement);
  const isOptional = clauses.some(
    ({ keyword, head }) =>
      keyword === 'except' && (head.length === 0 || isCatching(head.map(text).join(' '))),
  );
  return clauses.flatMap(({ keyword, body }): readonly Block[] => {
    switch (keyword) {
      case 'try':
        return isOptional ? [] : [{ node: body, conditional: false }];
      case 'except':
        return isOptional ? [] : [{ node: body, conditional: true }];
      case 'else':
        return [{ node: body, conditional: isOptional }];
      default:
        return [{ node: body, conditional: false }];
    }
  });
};

/** `with suppress(ImportError):` is another way to write a `try`. */
const isSuppressing = (head: string): boolean => /\bsuppress\s*\(/.test(head) && isCatching(head);

/** The blocks inside a node that run with it. */
const inner = (node: SyntaxNode, text: TextOf): readonly Block[] => {
  const bodies = (conditional: boolean): readonly Block[] =>
    children(node).flatMap((child) => (/Body$/.test(child.name) ? { node: child, conditional } : []));
  switch (node.name) {
    case 'IfStatement':
      return branches(node, text);
    case 'TryStatement':
      return attempts(node, text);
    case 'WithStatement':
      return clausesOf(node).some(({ head }) => isSuppressing(head.map(text).join(' '))) ? [] : bodies(false);
    case 'ClassDefinition':
      return bodies(false);
    case 'ForStatement':
    case 'WhileStatement':
    case 'MatchStatement':
    case 'MatchClause':
      return bodies(true);
    case 'DecoratedStatement':
    case 'StatementGroup':
      return [{ node, conditional: false }];
    default:
      return [];
  }
};

const lineEnds = (source: string): readonly number[] =>
  [...source.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: end }) => index + end.length);

/** The same by a parser, which takes any text. */
export const parseImports = (source: string): readonly PythonImport[] => {
  const text: TextOf = ({ from, to }) => source.slice(from, to);
  const ends = lineEnds(source);
  const found: PythonImport[] = [];
  const hasCalls = mayImportByCall(source);
  const byCall = (node: SyntaxNode) => (hasCalls ? importsByCall(node, text) : []);
  let line = 1;
  const visit = (node: SyntaxNode, conditional: boolean): void => {
    for (const child of children(node)) {
      const imports = child.name === 'ImportStatement' ? importsOf(text(child)) : byCall(child);
      if (imports.length > 0) {
        while ((ends[line - 1] ?? Infinity) <= child.from) line += 1;
        const here = line;
        found.push(...imports.map((one) => ({ ...one, line: here, conditional })));
      }
      for (const block of inner(child, text)) visit(block.node, conditional || block.conditional);
    }
  };
  visit(pythonParser().parse(source).topNode, false);
  return found;
};

/**
 * The imports of a module that run when Python imports it, in their order. Imports in functions are not among them, nor
 * those that the module can do without: in a `try` that handles `ImportError`, under `TYPE_CHECKING`, for the main
 * program, or for versions and platforms. `import_module('a.b')` and `__import__('a.b')` count as `import a.b`. A syntax error does not
 * stop it.
 *
 * @since 0.1.0
 */
export const readImports = (withMark: string): readonly PythonImport[] => {
  const source = withMark.replace(/^\ufeff/, '');
  if (!source.includes('import')) return [];
  return (mayImportByCall(source) ? undefined : plainImports(source)) ?? parseImports(source);
};

export type { PythonImport } from './import-statement';
