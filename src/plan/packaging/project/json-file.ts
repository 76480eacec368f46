import type { Either } from 'fp-ts/Either';
import { left, right } from 'fp-ts/Either';
import type { PlanError } from '../../errors/plan-error';
import type { ProjectFile } from '../../model/source-snapshot';

/** Reports an error in trailing white space on the last line with content. */
const lineAt = (text: string, position: number): number =>
  text.trimEnd().slice(0, position).split('\n').length;

/** The line at which Node.js finds the error. Some of its messages have no position, and then it is the first line. */
const errorLine = (text: string, message: string): number => {
  if (/end of JSON input/.test(message)) return lineAt(text, Infinity);
  const position = /at position (\d+)/.exec(message)?.[1];
  return position === undefined ? 1 : lineAt(text, Number(position));
};

/** Parses a file as JSON. Node's message differs between versions and quotes the file, so it is not repeated. */
export const parseJson = ({ file, text }: ProjectFile): Either<PlanError, unknown> => {
  const json = text.replace(/^\ufeff/, '');
  try {
    return right(JSON.parse(json) as unknown);
  } catch (error) {
    const line = errorLine(json, error instanceof Error ? error.message : '');
    return left({ _tag: 'InvalidDeclaration', file, line, reason: 'it is not valid JSON' });
  }
};

/**
 * An unterminated string also counts as a token: otherwise the pattern would follow each quote in it to the end of the
 * text.
 */
const TOKEN = /"(?:[^"\\]|\\[^])*"?|[{}[\]:\n]/g;

/** Finds the line, from 1, of a nested key in a JSON text; the first line where the key is missing. */
export const jsonKeyLines = (text: string): ((...path: readonly string[]) => number) => {
  const lines = new Map<string, number>();
  const around: string[] = [];
  let line = 1;
  let last = { word: '""', line };
  let key = '""';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '\n') line += 1;
    else if (token === '{' || token === '[') around.push(key);
    else if (token === '}' || token === ']') around.pop();
    else if (token === ':') {
      key = last.word;
      const path = [...around.slice(1), key].join();
      if (!lines.has(path)) lines.set(path, last.line);
    } else last = { word: token, line };
  }
  return (...path) => lines.get(path.map((each) => JSON.stringify(each)).join()) ?? 1;
};
