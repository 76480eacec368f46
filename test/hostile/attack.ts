import { mkdtempSync } from 'node:fs';
import * as path from 'node:path';
import { runBatch } from '../../src/exec/batch/batch';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { environmentWith } from '../support/python-tools';
import { listTree, temporaryFolder } from '../support/temporary';
import type { WheelOptions } from '../support/wheel';
import { wheelFolder } from '../support/wheel';
import { testWorld } from '../support/live-world';

export type Files = Readonly<Record<string, string | Uint8Array>>;

export interface Attack extends WheelOptions {
  readonly tool?: 'uv' | 'pip';
  readonly tree?: Readonly<Record<string, string>>;
  readonly changes?: Partial<BundleRequest>;
  /** The entry's path in the function's folder. @default 'index.py' */
  readonly index?: string;
  /** The files of a second wheel, `other` 1, which is required as well. @default there is none */
  readonly other?: Files;
  /** The most bytes that the bundle may have. @default what Lambda takes */
  readonly maximumSize?: number;
  /** Where installers put what they work on. @default that of this process */
  readonly temporary?: string;
}

/** What came of an attack. */
export interface Outcome {
  /** The bundle's files, without metadata; or the one message. */
  readonly files: readonly string[];
  /** Modes of the same files. */
  readonly modes: readonly string[];
  /** What was told besides. */
  readonly notes: readonly string[];
}

/** What comes of a function that requires a wheel with these files. */
export const attacked = async (
  files: Files,
  { tool = 'uv', tree = {}, changes = {}, index = 'index.py', other, ...options }: Attack = {},
): Promise<Outcome> => {
  const { maximumSize, temporary, ...wheel } = options;
  const folders = [wheelFolder('evil', { 'evil.py': '', ...files }, wheel)];
  if (other !== undefined) folders.push(wheelFolder('other', { 'other.py': '', ...other }));
  const requirements = other === undefined ? 'evil==1\n' : 'evil==1\nother==1\n';
  const folder = folderOf({ [index]: HANDLER, 'requirements.txt': requirements, ...tree });
  const planned = planOf(folder, { entry: { _tag: 'ByPath', path: folder, index }, ...changes });
  const output = { ...planned.output, ...(maximumSize === undefined ? {} : { maximumSize }) };
  const plan = { ...planned, output };
  const world = await testWorld({
    ...environmentWith({ [tool]: true }),
    ...(temporary === undefined ? {} : { TMPDIR: temporary }),
    // One of its own: what an earlier attack has left there would be taken for what this one asks for.
    CDK_LAMBDA_PYTHON_CACHE: mkdtempSync(path.join(temporary ?? temporaryFolder(), 'store-')),
    UV_FIND_LINKS: folders.join(','),
    UV_NO_INDEX: '1',
    UV_CACHE_DIR: temporaryFolder(),
    PIP_FIND_LINKS: folders.join(' '),
    PIP_NO_INDEX: '1',
  });
  const notes: string[] = [];
  const end = (_: string, note?: string): void => {
    if (note !== undefined && !/ in [\d.]+ s: the |^failed after /.test(note)) notes.push(note);
  };
  const progress = { start: () => undefined, end, close: () => undefined };
  const [report] = await runBatch({ ...world, progress }, [{ plan, environment: {} }]);
  if (report?.outcome._tag === 'Failed')
    return { files: [showExecutionError(report.outcome.error)], modes: [], notes };
  const made = listTree(plan.output.path).filter(
    ({ path: file }) => !/^(evil|other)-1\.dist-info\//.test(file),
  );
  return { files: made.map((file) => file.path), modes: made.map((file) => file.mode), notes };
};

export const attack = async (files: Files, options: Attack = {}): Promise<readonly string[]> =>
  (await attacked(files, options)).files;
