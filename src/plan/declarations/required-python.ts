import { isLeft } from 'fp-ts/Either';
import { byIdentity } from '../by-identity';
import { constraintAllowsPython } from '../locks/poetry-constraint';
import { readScriptMetadata } from '../packaging/script-metadata';
import type { ProjectDeclaration, ProjectFile } from '../source-snapshot';
import { allowsPython } from '../packaging/specifier';
import { parseToml, textAt } from '../packaging/toml-file';

/** What a project says of the Pythons that it is for. */
export interface RequiredPython {
  /** Absolute path of the file that says it. */
  readonly file: string;
  readonly text: string;
  /** Whether a minor version, such as `3.13`, is one of them. */
  readonly allows: (python: string) => boolean;
}

const bySpecifier = ({ file }: ProjectFile, text: string | undefined): RequiredPython | null =>
  text === undefined ? null : { file, text, allows: (python) => allowsPython(text, python) };

const ofScript = (source: ProjectFile): RequiredPython | null => {
  const metadata = readScriptMetadata(source);
  return isLeft(metadata) ? null : bySpecifier(source, metadata.right?.requiresPython?.text);
};

const ofToml = (source: ProjectFile): RequiredPython | null => {
  const parsed = parseToml(source);
  if (isLeft(parsed)) return null;
  const table = parsed.right;
  const specifier = textAt(table, 'project', 'requires-python') ?? textAt(table, 'requires-python');
  const poetry = textAt(table, 'tool', 'poetry', 'dependencies', 'python');
  const pipenv = textAt(table, 'requires', 'python_version');
  if (specifier === undefined && poetry !== undefined) {
    return { file: source.file, text: poetry, allows: (python) => constraintAllowsPython(poetry, python) };
  }
  return bySpecifier(source, specifier ?? (pipenv === undefined ? undefined : `==${pipenv}.*`));
};

/** What the manifest says, else the lock or the script; null where nothing is said, or it cannot be read. */
export const requiredPython = byIdentity(
  ({ kind, source, manifest }: ProjectDeclaration): RequiredPython | null => {
    if (kind === 'script') return ofScript(source);
    // The lock of a script is beside it.
    if (manifest?.file.endsWith('.py') === true) return ofScript(manifest);
    const said = manifest === null ? null : ofToml(manifest);
    return said ?? (source.file.endsWith('.toml') || source.file.endsWith('uv.lock') ? ofToml(source) : null);
  },
);
