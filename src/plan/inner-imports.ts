import type { PythonImport } from './python-imports';
import { readImports } from './python-imports';
import { pythonParser } from './python-parser';

/** An import that is indented: only such a one can lie in a function. */
const INDENTED = /^[ \t]+(?:import|from)\b|\bdef\b.*:.*\bimport\b/m;

/** The text of a function's body as a module of its own, and how many lines lie above it. */
interface Body {
  readonly text: string;
  readonly above: number;
}

const bodiesOf = (source: string): readonly Body[] => {
  const bodies: Body[] = [];
  pythonParser()
    .parse(source)
    .iterate({
      enter: ({ name, node }) => {
        if (name !== 'FunctionDefinition') return true;
        const body = node.getChild('Body');
        if (body !== null) bodies.push(bodyAt(source, body.from, body.to));
        return false;
      },
    });
  return bodies;
};

const bodyAt = (source: string, from: number, to: number): Body => {
  const [head = ''] = /^:[ \t]*(?:#[^\n]*)?\r?\n?/.exec(source.slice(from, to)) ?? [];
  const start = from + head.length;
  const text = source.slice(start, to);
  const [indent = ''] = /^[ \t]*/.exec(text) ?? [];
  const lines = text.split('\n');
  return {
    text: lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('\n'),
    above: source.slice(0, start).split('\n').length - 1,
  };
};

/**
 * The imports of a module with those in its functions, which run later. What a function can do without, as in a `try` that
 * handles `ImportError`, is not among them.
 */
export const allImports = (source: string): readonly PythonImport[] => [
  ...readImports(source),
  ...(INDENTED.test(source) ? bodiesOf(source) : []).flatMap(({ text, above }) =>
    allImports(text).map((each) => ({ ...each, line: each.line + above })),
  ),
];
