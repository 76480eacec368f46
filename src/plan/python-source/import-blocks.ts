import type { SyntaxNode } from '@lezer/common';
import { alwaysFails } from './failing-handler';

/**
 * What an import is for: its module cannot be imported without it; one of the module's functions needs it; the module
 * works without it; or it is for some versions of Python or some platforms.
 */
export type ImportNeed = 'module' | 'function' | 'optional' | 'elsewhere';

/** A part of a module: whether it may be skipped, and the purpose of its imports where that differs from the code around it. */
export interface Block {
  readonly node: SyntaxNode;
  readonly conditional: boolean;
  readonly need: ImportNeed;
  /** Imports of a `try`. The block runs only if all of them succeed. @default none */
  readonly after?: readonly SyntaxNode[];
}

export type TextOf = (node: SyntaxNode) => string;

/** Exceptions whose handlers also catch a failed import. */
const CAUGHT = new Set(['ImportError', 'ModuleNotFoundError', 'Exception', 'BaseException']);

export const children = (node: SyntaxNode): readonly SyntaxNode[] => {
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

/** The known value of a condition on Lambda. */
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
  let need: ImportNeed = 'module';
  for (const { keyword, head, body } of clausesOf(statement)) {
    const condition = keyword === 'else' ? 'yes' : conditionOf(head.map(text).join(' '));
    if (condition === 'no') continue;
    // A condition on versions or platforms also governs all later branches.
    if (condition === 'elsewhere') need = 'elsewhere';
    blocks.push({ node: body, conditional: conditional || condition === 'unknown', need });
    if (condition === 'yes') break;
    conditional = true;
  }
  return blocks;
};

/**
 * The blocks of a `try`. Where it handles that an import fails, the module works without the imports of its body and of its
 * handlers; a handler that always fails itself handles nothing.
 */
const attempts = (statement: SyntaxNode, text: TextOf): readonly Block[] => {
  const clauses = clausesOf(statement);
  const handler = clauses.find(
    ({ keyword, head }) =>
      keyword === 'except' && (head.length === 0 || isCatching(head.map(text).join(' '))),
  );
  const isOptional = handler !== undefined && !alwaysFails(handler.body, text);
  const need = isOptional ? 'optional' : 'module';
  const tried = clauses.find(({ keyword }) => keyword === 'try');
  const after = importsAlone(tried?.body);
  return clauses.map(({ keyword, body }): Block => {
    switch (keyword) {
      case 'try':
        return { node: body, conditional: false, need };
      case 'except':
        return { node: body, conditional: true, need };
      case 'else':
        return isOptional && after !== undefined
          ? { node: body, conditional: false, need: 'module', after }
          : { node: body, conditional: isOptional, need: 'module' };
      default:
        return { node: body, conditional: false, need: 'module' };
    }
  });
};

/** The statements of a block where all of them import, so that nothing else can fail in it. */
const importsAlone = (body: SyntaxNode | undefined): readonly SyntaxNode[] | undefined => {
  const statements = body === undefined ? [] : children(body).filter(({ name }) => /^[A-Z]/.test(name));
  return statements.length > 0 && statements.every(({ name }) => name === 'ImportStatement')
    ? statements
    : undefined;
};

/** `with suppress(ImportError):` is another way to write a `try`. */
const isSuppressing = (head: string): boolean => /\bsuppress\s*\(/.test(head) && isCatching(head);

/** The blocks inside a node. */
export const blocksOf = (node: SyntaxNode, text: TextOf): readonly Block[] => {
  const bodies = (conditional: boolean, need: ImportNeed = 'module'): readonly Block[] =>
    children(node).flatMap((child) => (/Body$/.test(child.name) ? { node: child, conditional, need } : []));
  switch (node.name) {
    case 'IfStatement':
      return branches(node, text);
    case 'TryStatement':
      return attempts(node, text);
    case 'WithStatement':
      return clausesOf(node).some(({ head }) => isSuppressing(head.map(text).join(' ')))
        ? bodies(false, 'optional')
        : bodies(false);
    case 'FunctionDefinition':
      return bodies(false, 'function');
    case 'ClassDefinition':
      return bodies(false);
    case 'ForStatement':
    case 'WhileStatement':
    case 'MatchStatement':
    case 'MatchClause':
      return bodies(true);
    case 'DecoratedStatement':
    case 'StatementGroup':
      return [{ node, conditional: false, need: 'module' }];
    default:
      return [];
  }
};
