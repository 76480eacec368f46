import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import * as path from 'node:path';
import type { Bundle } from './assembly';
import { environment } from './environment';
import { cache } from './places';
import { run } from './run';
import { findPython } from './tools';

export interface ImportCheck {
  readonly bundle: Bundle;
  /** What its handler has to answer. */
  readonly expected: object;
}

/** Bundles that were imported in this run, by content and expected answer: the same bytes are the same bundle. */
const imported = new Set<string>();

/** Unpacks bundles; gives the digest of each. Those that are known are only digested. */
export const unpack = (
  bundles: readonly { readonly bundle: string; readonly target: string }[],
  known: readonly string[] = [],
): readonly string[] => {
  const argv = [findPython(), '-I', '-S', path.join(__dirname, 'python', 'unpack.py')];
  const input = JSON.stringify({ bundles, known });
  return JSON.parse(run({ argv, cwd: cache, environment: environment(), input }).stdout) as string[];
};

export interface Call {
  readonly seconds: number;
  readonly answer: unknown;
}

/** Imports an unpacked bundle in a fresh interpreter, and calls its handler. */
export const call = (folder: string, handler: string): Call => {
  const script = path.join(__dirname, 'python', 'call.py');
  const argv = [findPython(), '-I', '-S', '-B', script, folder, handler];
  return JSON.parse(run({ argv, cwd: folder, environment: environment() }).stdout) as Call;
};

/** Imports each bundle as Lambda does and calls its handler; throws where one does not answer as it has to. */
export const checkImports = (checks: readonly ImportCheck[]): void => {
  if (checks.length === 0) return;
  const folder = mkdtempSync(path.join(cache, 'import-'));
  try {
    const items = checks.map(({ bundle, expected }, index) => ({
      bundle,
      expected,
      target: path.join(folder, String(index)),
    }));
    const request = items.map(({ bundle, target }) => ({ bundle: bundle.place, target }));
    const digests = unpack(
      request,
      [...imported].map((key) => key.split(' ')[0] ?? key),
    );
    items.forEach(({ bundle, expected, target }, index) => {
      const key = `${digests[index] ?? ''} ${bundle.handler} ${JSON.stringify(expected)}`;
      if (imported.has(key)) return;
      // The same bytes were imported, but not as this function.
      if (!existsSync(target)) unpack([{ bundle: bundle.place, target }]);
      const { answer } = call(target, bundle.handler);
      if (!isDeepStrictEqual(answer, expected))
        throw new Error(`a bundle answers ${JSON.stringify(answer)}, not ${JSON.stringify(expected)}`);
      imported.add(key);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
