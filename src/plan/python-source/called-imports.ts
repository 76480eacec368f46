import type { SyntaxNode, Tree } from '@lezer/common';
import { DOTTED_NAME } from './dotted-name';
import type { PythonImport } from './import-statement';
import { boundNames } from './bound-names';
import type { ImportedName } from './bound-names';
import type { ImportFunction } from './import-functions';
import { importFunctions } from './import-functions';
import { argumentsOf } from './call-arguments';
import { possibleTexts } from './possible-texts';
import type { PossibleTexts, TextStart } from './text-starts';

/** Expressions whose parts may not run, or run later. */
const MAY_NOT_RUN = /^(?:Lambda|Conditional|Binary)Expression$|Comprehension/;

const NAME = new RegExp(`^${DOTTED_NAME}$`, 'u');

/** A text that is a name, or begins with one, as in `'a.b:c'` and `'a.{}'`. */
const NAMING = new RegExp(`(["'])(${DOTTED_NAME})(?:\\1|[.:])`, 'gu');

type Imported = Pick<PythonImport, 'module' | 'names' | 'level'>;

/** The texts of a module that are module names, or begin with one. */
export const namesInTexts = (source: string): readonly string[] => [
  ...new Set([...source.matchAll(NAMING)].map(([, , name = '']) => name)),
];

/** The imports by calls in one statement. */
export interface CalledImports {
  /** Imported whenever the statement runs. */
  readonly always: readonly Imported[];
  /** Imported perhaps, imported later (as in a `lambda`), or only looked up. */
  readonly perhaps: readonly Imported[];
  /** Names of other modules whose values are names of modules to import. */
  readonly references: readonly (ImportedName & { readonly isAlways: boolean })[];
  /** Whether the name for a call comes from elsewhere than the texts of modules. */
  readonly isOpen: boolean;
}

const absolute = (module: string): Imported => ({ module, names: [], level: 0 });

/** The module name in a text; undefined where only running the code tells it. */
const namedBy = ({ text, isWhole }: TextStart, { form }: ImportFunction): string | undefined => {
  const plain = form === 'distribution' ? text.replaceAll('-', '_') : text;
  const [name = '', ...objects] = form === 'object' ? plain.split(':') : [plain];
  if (isWhole || objects.length > 0)
    return form === 'object' && objects.length === 0 ? name.split('.')[0] : name;
  const end = name.lastIndexOf('.');
  return end < 1 ? undefined : name.slice(0, end);
};

/** The absolute form of a relative name; null for the user's own module or none; undefined where only running the code tells it. */
const relative = (
  { text, isWhole }: TextStart,
  base: PossibleTexts | undefined,
  isLiteral: boolean,
): Imported | null | undefined => {
  const level = /^\.*/.exec(text)?.[0].length ?? 0;
  const module = text.slice(level);
  const [first, ...others] = base?.starts ?? [];
  if (base === undefined || first?.text.startsWith('.') === true)
    return isLiteral && first?.text === '.' && isWhole && NAME.test(module)
      ? { module, names: [], level }
      : null;
  if (first === undefined || others.length > 0 || !first.isWhole || base.isComputed) return undefined;
  const above = first.text.split('.').slice(0, first.text.split('.').length - level + 1);
  const whole = [...above, ...(isWhole ? [module] : [])].join('.');
  return NAME.test(whole) ? absolute(whole) : null;
};

/** The calls of functions that import a module by its name, such as `importlib.import_module('a.b')`, in a statement. */
export const calledImports = (
  tree: Tree,
  text: (node: SyntaxNode) => string,
): ((statement: SyntaxNode) => CalledImports) => {
  const bound = boundNames(tree, text);
  const functionOf = importFunctions(bound, text);
  const textsOf = possibleTexts(bound, text);
  return (statement) => {
    const [always, perhaps]: [Imported[], Imported[]] = [[], []];
    const references: CalledImports['references'][number][] = [];
    let isOpen = false;
    let around = 0;
    const add = (
      called: ImportFunction,
      possible: PossibleTexts,
      read: (start: TextStart) => Imported | null | undefined,
    ): void => {
      const isAlways = possible.isSure && called.imports && around === 0;
      let isComputed = possible.isComputed;
      for (const start of possible.starts) {
        const imported = read(start);
        if (imported === undefined) isComputed = true;
        else if (imported !== null) (isAlways ? always : perhaps).push(imported);
      }
      references.push(...possible.references.map((one) => ({ ...one, isAlways })));
      if (called.imports && isComputed) isOpen = true;
    };
    const fromText = (called: ImportFunction) => (start: TextStart) => {
      const name = namedBy(start, called);
      return name === undefined ? undefined : NAME.test(name) ? absolute(name) : null;
    };
    const call = (called: ImportFunction, node: SyntaxNode): void => {
      const { plain, named } = argumentsOf(node, text);
      const argument = named.get(called.parameter) ?? plain[0];
      if (argument === undefined) return;
      const last = named.get('package') ?? plain[1];
      const base = last === undefined ? undefined : textsOf(last);
      const isLiteral = argument.name === 'String' && last !== undefined && text(last) === '__package__';
      add(called, textsOf(argument), (start) =>
        start.text.startsWith('.') ? relative(start, base, isLiteral) : fromText(called)(start),
      );
    };
    /** `map(import_module, names)` and `partial(import_module, 'a')`. */
    const passed = (called: ImportFunction, list: SyntaxNode): void => {
      const { plain } = argumentsOf(list, text);
      const texts = plain.flatMap((one) => (functionOf(one) === undefined ? [textsOf(one)] : []));
      if (texts.length === 0) isOpen ||= called.imports;
      for (const possible of texts)
        add(called, { ...possible, isSure: false }, (start) =>
          start.text.startsWith('.') ? null : fromText(called)(start),
        );
    };
    statement.cursor().iterate(
      ({ name, node }) => {
        if (MAY_NOT_RUN.test(name)) around += 1;
        if (name.endsWith('Body')) return false;
        const called = name === 'VariableName' || name === 'MemberExpression' ? functionOf(node) : undefined;
        const parent = node.parent;
        if (called === undefined || parent === null || node.nextSibling?.name === 'AssignOp') return;
        if (parent.name === 'CallExpression' && parent.firstChild?.from === node.from) call(called, parent);
        else if (parent.name === 'ArgList' && parent.parent !== null) passed(called, parent.parent);
        else if (parent.name !== 'AssignStatement' && called.imports) isOpen = true;
        return false;
      },
      ({ name }) => {
        if (MAY_NOT_RUN.test(name)) around -= 1;
      },
    );
    return { always, perhaps, references, isOpen };
  };
};
