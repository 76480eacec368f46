import type { SyntaxNode } from '@lezer/common';
import type { BoundNames } from './bound-names';

/** A function that is given the name of a module. */
export interface ImportFunction {
  /** The name of the parameter. */
  readonly parameter: string;
  /** Whether it imports the module. Otherwise it looks the module up, and works without it. */
  readonly imports: boolean;
  /** How the text names a module: as `import` does; with an object behind it (`a.b:c`, `a.b.c`); or as a distribution. */
  readonly form: 'module' | 'object' | 'distribution';
}

const IMPORT: ImportFunction = { parameter: 'name', imports: true, form: 'module' };
const ASKS: ImportFunction = { parameter: 'distribution_name', imports: false, form: 'distribution' };

const FUNCTIONS: ReadonlyMap<string, ImportFunction> = new Map([
  ['importlib.import_module', IMPORT],
  ['import_module', IMPORT],
  ['__import__', IMPORT],
  ['builtins.__import__', IMPORT],
  ['importlib.__import__', IMPORT],
  ['runpy.run_module', { ...IMPORT, parameter: 'mod_name' }],
  ['pkgutil.resolve_name', { ...IMPORT, form: 'object' }],
  ['importlib.util.find_spec', { ...IMPORT, imports: false }],
  ...['version', 'distribution', 'metadata', 'requires', 'files'].map(
    (name) => [`importlib.metadata.${name}`, ASKS] as const,
  ),
]);

/** Whether a module may import another one by such a function. */
export const mayCallForModules = (source: string): boolean =>
  /\b(?:import_module|__import__|resolve_name|run_module)\b/.test(source);

/** The same for functions that only ask for a module. */
export const mayAskForModules = (source: string): boolean =>
  source.includes('importlib') && /\b(?:find_spec|metadata)\b/.test(source);

/** The longest name of such a function. */
const LONGEST = 100;

/** Names of names are not followed further. */
const DEEPEST = 5;

/** The import function that an expression names, given the bindings of the module. */
export const importFunctions = (
  bound: BoundNames,
  text: (node: SyntaxNode) => string,
): ((node: SyntaxNode) => ImportFunction | undefined) => {
  const known = new Map<string, ImportFunction | undefined>();
  const ofText = (dotted: string, depth: number): ImportFunction | undefined => {
    if (known.has(dotted)) return known.get(dotted);
    known.set(dotted, undefined);
    const [first = '', ...rest] = dotted.split('.');
    const bindings = bound.get(first) ?? [];
    let found = bindings.some(({ _tag }) => _tag === 'Imported') ? undefined : FUNCTIONS.get(dotted);
    for (const binding of bindings) {
      if (binding._tag === 'Imported' && binding.level === 0)
        found ??= FUNCTIONS.get(
          [binding.module, binding.name, ...rest].filter((part) => part !== '').join('.'),
        );
      else if (binding._tag === 'Value' && rest.length === 0 && depth < DEEPEST)
        for (const node of binding.nodes) found ??= ofNode(node, depth + 1);
    }
    known.set(dotted, found);
    return found;
  };
  const ofNode = (node: SyntaxNode, depth: number): ImportFunction | undefined => {
    if (!/^(?:VariableName|MemberExpression)$/.test(node.name) || node.to - node.from > LONGEST)
      return undefined;
    const dotted = text(node).replaceAll(/\s+/g, '');
    return /[^\p{L}\p{N}_.]/u.test(dotted) ? undefined : ofText(dotted, depth);
  };
  return (node) => ofNode(node, 0);
};
