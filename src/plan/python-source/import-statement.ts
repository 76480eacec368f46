import { isDottedName } from './dotted-name';

/**
 * An import that Python runs when it imports a module.
 *
 * @since 0.1.0
 */
export interface PythonImport {
  /** Dotted name: `a.b` of `import a.b` and of `from a.b import c`; empty for `from . import c`. */
  readonly module: string;
  /** The names that are imported from the module; each may be a submodule. `*` for all. Empty for `import a.b`. */
  readonly names: readonly string[];
  /** Dots of a relative import; 0 for an absolute one. */
  readonly level: number;
  /** Line of the statement, the first is 1. */
  readonly line: number;
  /** Whether it depends on a condition that the text does not decide, as in `if DEBUG:`. */
  readonly conditional: boolean;
  /** Imports of a `try`. This import runs only if all of them succeed, as in the `else` clause. @default none */
  readonly after?: readonly Pick<PythonImport, 'module' | 'names' | 'level'>[];
}

/** What stands in a statement. */
type Imported = Omit<PythonImport, 'line' | 'conditional' | 'after'>;

/** `import a.b` and `from .a.b import c, d`, the forms of most statements. */
const SIMPLE =
  /^(?:import[ \t]+([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|from[ \t]+(\.*)([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)[ \t]+import[ \t]+([A-Za-z_]\w*(?:, ?[A-Za-z_]\w*)*))[ \t]*$/;

const simpleImport = (statement: string): Imported | undefined => {
  const [, module, dots = '', from, names = ''] = SIMPLE.exec(statement) ?? [];
  if (module !== undefined) return { module, names: [], level: 0 };
  return from === undefined ? undefined : { module: from, names: names.split(/, ?/), level: dots.length };
};

/** What an import statement imports: `import a.b as c, d` has two modules. */
export const importsOf = (statement: string): readonly Imported[] => {
  const simple = simpleImport(statement);
  return simple === undefined ? anyImports(statement) : [simple];
};

const anyImports = (statement: string): readonly Imported[] => {
  const source = statement
    .replace(/#.*/g, '')
    .replace(/[\\()\s]+/g, ' ')
    .replace(/ ?\. ?/g, '.')
    .trim();
  const [, dots, module, names] = /^from ?(\.*)(.*?) ?\bimport\b(.*)$/.exec(source) ?? [];
  const first = (clause: string): string => clause.trim().split(' as ')[0] ?? '';
  const list = (clauses: string): readonly string[] => clauses.split(',').map(first).filter(isName);
  if (dots !== undefined && module !== undefined && names !== undefined) {
    const level = dots.length;
    return (module === '' ? level > 0 : isName(module)) ? [{ module, names: list(names), level }] : [];
  }
  const [, modules = ''] = /^import\b(.*)$/.exec(source) ?? [];
  return list(modules).map((name) => ({ module: name, names: [], level: 0 }));
};

/** A dotted name, or `*`. The remains of a syntax error are neither. */
const isName = (text: string): boolean => text === '*' || isDottedName(text);
