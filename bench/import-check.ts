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

interface Answer {
  readonly answer?: unknown;
  readonly error?: string;
}

const callAll = (calls: readonly (readonly [folder: string, handler: string])[]): readonly Answer[] => {
  const argv = [findPython(), '-I', '-S', '-B', path.join(__dirname, 'python', 'call_all.py')];
  return JSON.parse(
    run({ argv, cwd: cache, environment: environment(), input: JSON.stringify(calls) }).stdout,
  ) as Answer[];
};

const keyOf = ({ bundle, expected }: ImportCheck, digest: string | undefined): string =>
  `${digest ?? ''} ${bundle.handler} ${JSON.stringify(expected)}`;

/** Imports each bundle as Lambda does and calls its handler; throws where one does not answer as it has to. */
export const checkImports = (checks: readonly ImportCheck[]): void => {
  if (checks.length === 0) return;
  const folder = mkdtempSync(path.join(cache, 'import-'));
  try {
    const request = checks.map(({ bundle }, index) => ({
      bundle: bundle.place,
      target: path.join(folder, String(index)),
    }));
    const digests = unpack(
      request,
      [...imported].map((key) => key.split(' ')[0] ?? key),
    );
    const open = request
      .map(({ target, bundle }, index) => ({ target, bundle, check: checks[index], digest: digests[index] }))
      .filter(({ check, digest }) => check !== undefined && !imported.has(keyOf(check, digest)));
    // Of those, some are known by their bytes, but were imported as another function.
    unpack(open.filter(({ target }) => !existsSync(target)));
    const answers = callAll(open.map(({ target, check }) => [target, check?.bundle.handler ?? '']));
    open.forEach(({ check, digest }, index) => {
      if (check === undefined) return;
      const { answer, error } = answers[index] ?? {};
      if (error !== undefined) throw new Error(`a bundle cannot be imported: ${error}`);
      if (!isDeepStrictEqual(answer, check.expected))
        throw new Error(`a bundle answers ${JSON.stringify(answer)}, not ${JSON.stringify(check.expected)}`);
      imported.add(keyOf(check, digest));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
