import type { DeclarationKind } from './declaration-kind';

/** The kind of a file that declares dependencies, known from its name. */
type FileKind = Exclude<DeclarationKind, 'script'> | 'requirements' | 'pipfile';

/** The files that are looked for. The first that exists is used. */
export const DECLARATION_FILES: Readonly<Record<string, FileKind>> = {
  'requirements.txt': 'requirements',
  'pylock.toml': 'pylock',
  'uv.lock': 'uv',
  'poetry.lock': 'poetry',
  'Pipfile.lock': 'pipenv',
  'pdm.lock': 'pdm',
  'pyproject.toml': 'pyproject',
  Pipfile: 'pipfile',
};

/** The manifest beside a lock of a kind. */
export const MANIFESTS: Readonly<Partial<Record<FileKind, string>>> = {
  pylock: 'pyproject.toml',
  uv: 'pyproject.toml',
  poetry: 'pyproject.toml',
  pdm: 'pyproject.toml',
  pipenv: 'Pipfile',
};

/** `dependencies.from` for the entry's own metadata (PEP 723). */
export const FROM_SCRIPT = 'script';

/** `dependencies.from` for no declaration. */
export const FROM_NOTHING = 'none';

/** `dependencies.from` for a declaration beside the entry, not in a folder above. */
export const FROM_BESIDE = 'beside';

/** The values of `dependencies.from`, for messages. */
export const FROM_VALUES =
  '"script", "beside", "none", or the path of a requirements.txt (or another .txt), pylock.toml, uv.lock, poetry.lock, Pipfile.lock, pdm.lock or pyproject.toml';

/** The kind of the file that `dependencies.from` names; undefined for a name of no kind. */
export const kindOfFile = (file: string): FileKind | undefined => {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (Object.hasOwn(DECLARATION_FILES, name)) return DECLARATION_FILES[name];
  // PEP 751, "File Name".
  if (/^pylock\.[^.]+\.toml$/.test(name)) return 'pylock';
  return name.endsWith('.txt') ? 'requirements' : undefined;
};

/** Whether a file's name is that of a lock or manifest. Requirements files have their own rules. */
export const isDeclaring = (file: string): boolean => {
  const kind = kindOfFile(file);
  return kind !== undefined && kind !== 'requirements';
};

/** A declaration that was found: its kind, its file, and the manifest it belongs to. */
export interface FoundDeclaration {
  readonly kind: FileKind | 'script';
  /** Absolute paths. */
  readonly file: string;
  readonly manifest: string | null;
}

/** Which of the declarations beside an entry is used. */
export interface DeclarationChoice {
  readonly used: FoundDeclaration | null;
  /** Absolute paths of the others. */
  readonly unused: readonly string[];
  /** Whether it lies in a folder above: then it counts only if the entry needs it. @default false */
  readonly isAbove?: true;
}

/** Chooses the first declaration. A manifest does not count as unused beside its own lock. */
export const chooseFirst = (found: readonly FoundDeclaration[]): DeclarationChoice => {
  const [used = null, ...others] = found;
  const manifests = new Set(found.map(({ manifest }) => manifest));
  return {
    used,
    unused: others.map(({ file }) => file).filter((file) => file !== used?.file && !manifests.has(file)),
  };
};
