import type { SyntaxNode } from '@lezer/common';
import { children } from './import-blocks';
import { pythonParser } from './python-parser';
import { boundNames } from './bound-names';
import { argumentsOf } from './call-arguments';
import { possibleTexts } from './possible-texts';

/** The names in the `__all__` of a module. */
export interface ExportedNames {
  readonly names: readonly string[];
  /** Whether it may contain further names, which only running the code tells. */
  readonly isComputed: boolean;
  /** Whether `__all__` always has these names, and the module binds none of them. */
  readonly isSure: boolean;
}

const NONE: ExportedNames = { names: [], isComputed: false, isSure: false };

const ADDS = /^__all__\s*\.\s*(?:append|extend|insert)$/;

const NAME = /^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u;

/** Reads `__all__`, by which `import *` of a package imports submodules of it. */
export const exportedNames = (source: string): ExportedNames => {
  if (!source.includes('__all__')) return NONE;
  const text = ({ from, to }: SyntaxNode): string => source.slice(from, to);
  const tree = pythonParser().parse(source);
  const bound = boundNames(tree, text);
  const textsOf = possibleTexts(bound, text);
  const values: SyntaxNode[] = [];
  const defined = new Set<string>();
  let isTop = true;
  const add = (statement: SyntaxNode | null, nodes: readonly SyntaxNode[]): void => {
    values.push(...nodes);
    if (statement?.parent?.name !== 'Script') isTop = false;
  };
  tree.iterate({
    enter: ({ name, node }) => {
      const [first] = /^(?:Assign|Update)Statement$|^CallExpression$|Definition$/.test(name)
        ? [node.firstChild]
        : [];
      if (first == null) return;
      if (name.endsWith('Definition')) {
        const named = node.getChild('VariableName');
        if (named !== null) defined.add(text(named));
      } else if (name === 'CallExpression') {
        if (first.to - first.from < 40 && ADDS.test(text(first)))
          add(node.parent, argumentsOf(node, text).plain);
      } else if (first.name === 'VariableName' && text(first) === '__all__') {
        const parts = children(node);
        const at = parts.map((part) => /^(?:Assign|Update)Op$/.test(part.name)).lastIndexOf(true);
        add(node, at < 0 ? [] : parts.slice(at + 1).filter((part) => /^[A-Z]/.test(part.name)));
      }
    },
  });
  const possible = values.map(textsOf);
  const starts = possible.flatMap((one) => one.starts);
  const names = [...new Set(starts.flatMap((one) => (one.isWhole && NAME.test(one.text) ? one.text : [])))];
  const isElsewhere = bound.get('__all__')?.some(({ _tag }) => _tag !== 'Value') === true;
  const isComputed =
    isElsewhere ||
    starts.some((one) => !one.isWhole || one.text.startsWith('.')) ||
    possible.some((one) => one.isComputed || one.references.length > 0);
  const isSure = isTop && !isComputed && names.every((name) => !bound.has(name) && !defined.has(name));
  return { names, isComputed, isSure };
};
