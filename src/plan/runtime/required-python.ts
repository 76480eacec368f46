import { isLeft } from 'fp-ts/Either';
import { memoizeByObject } from '../values/memoize-by-object';
import { ownLockOf } from '../locks/locked/own-lock';
import { constraintAllowsPython, isConstraint } from '../locks/poetry/poetry-constraint';
import type { WrittenPython } from '../packaging/tags/requires-python';
import { allowsMinor, specifierError } from '../packaging/tags/requires-python';
import { readScriptMetadata } from '../packaging/project/script-metadata';
import type { PlanError } from '../errors/plan-error';
import type { ProjectDeclaration, ProjectFile } from '../model/source-snapshot';
import { parseToml } from '../packaging/project/toml-file';
import { lineOfKey } from '../packaging/project/toml-lines';
import { textAt } from '../values/toml-values';

/** The Python versions that a project requires. */
interface RequiredPython {
  /** Absolute path of the file with the requirement. */
  readonly file: string;
  readonly text: string;
  /** Whether the project allows a minor version, such as `3.13`. */
  readonly allows: (python: string) => boolean;
  /** The error of a requirement that cannot be read, or undefined. */
  readonly error: PlanError | undefined;
}

const bySpecifier = (file: string, written: WrittenPython): RequiredPython => ({
  file,
  text: written.text,
  allows: (python) => allowsMinor(written, python),
  error: specifierError(file, written),
});

const ofScript = (source: ProjectFile): RequiredPython | null => {
  const metadata = readScriptMetadata(source);
  const written = isLeft(metadata) ? undefined : metadata.right?.requiresPython;
  return written === undefined || written === null ? null : bySpecifier(source.file, written);
};

/** The keys of the requirement in a TOML file. The first one counts. */
const KEYS = [['project', 'requires-python'], ['requires-python']] as const;

const POETRY_PYTHON = ['tool', 'poetry', 'dependencies', 'python'];

/** The keys of the requirement in a Pipfile. */
const PIPENV_PYTHON = [
  ['requires', 'python_version'],
  ['requires', 'python_full_version'],
] as const;

const ofToml = (source: ProjectFile): RequiredPython | null => {
  const parsed = parseToml(source);
  if (isLeft(parsed)) return null;
  const table = parsed.right;
  const key = KEYS.find((each) => textAt(table, ...each) !== undefined);
  const { file, text } = source;
  if (key !== undefined)
    return bySpecifier(file, { text: textAt(table, ...key) ?? '', line: lineOfKey(text, key) });
  const poetry = textAt(table, ...POETRY_PYTHON);
  const pipenv = PIPENV_PYTHON.find((key) => textAt(table, ...key) !== undefined);
  if (poetry !== undefined) {
    const allows = (python: string): boolean => constraintAllowsPython(poetry, python);
    const error: PlanError | undefined = isConstraint(poetry)
      ? undefined
      : {
          _tag: 'InvalidDeclaration',
          file,
          line: lineOfKey(text, POETRY_PYTHON),
          reason: `python is ${JSON.stringify(poetry)}, which is not a constraint of Poetry`,
        };
    return { file, text: poetry, allows, error };
  }
  if (pipenv === undefined) return null;
  // Lambda chooses the patch version.
  const minor = (textAt(table, ...pipenv) ?? '').split('.').slice(0, 2).join('.');
  return bySpecifier(file, { text: `==${minor}.*`, line: lineOfKey(text, pipenv) });
};

/**
 * Whether this library wrote a lock: its `requires-python` is the oldest target of the lock, not the project's choice.
 */
const isOwnLock = (source: ProjectFile): boolean => {
  if (!source.text.includes('[tool.cdk-lambda-python]')) return false;
  const parsed = parseToml(source);
  return !isLeft(parsed) && ownLockOf(parsed.right) !== undefined;
};

/**
 * The required Python of the manifest, else of the lock or script; null if there is none, or the file cannot be read.
 */
export const requiredPython = memoizeByObject(
  ({ kind, source, manifest }: ProjectDeclaration): RequiredPython | null => {
    if (kind === 'script') return ofScript(source);
    // A script has its lock beside it.
    if (manifest?.file.endsWith('.py') === true) return ofScript(manifest);
    const said = manifest === null ? null : ofToml(manifest);
    if (said !== null || isOwnLock(source)) return said;
    return source.file.endsWith('.toml') || source.file.endsWith('uv.lock') ? ofToml(source) : null;
  },
);
