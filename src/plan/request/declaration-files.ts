import type { DeclarationKind } from './declaration-kind';

/** A file that declares dependencies, by the kind that its name tells. */
type FileKind = Exclude<DeclarationKind, 'script'> | 'requirements' | 'pipfile';

/** The files that are looked for, in the order in which they are used. */
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

/** `dependencies.from` for nothing at all. */
export const FROM_NOTHING = 'none';

/** `dependencies.from` for what lies beside the entry, and nothing further up. */
export const FROM_BESIDE = 'beside';

/** What `dependencies.from` may be, as messages say it. */
export const FROM_VALUES =
  '"script", "beside", "none", or the path of a requirements.txt (or another .txt), pylock.toml, uv.lock, poetry.lock, Pipfile.lock, pdm.lock or pyproject.toml';

/** The kind of a file that is named by `dependencies.from`; undefined for a name that tells none. */
export const kindOfFile = (file: string): FileKind | undefined => {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (Object.hasOwn(DECLARATION_FILES, name)) return DECLARATION_FILES[name];
  // PEP 751, "File Name".
  if (/^pylock\.[^.]+\.toml$/.test(name)) return 'pylock';
  return name.endsWith('.txt') ? 'requirements' : undefined;
};

/** Whether the name of a file is one that locks or declares dependencies. Files for pip have rules of their own. */
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

/** What of the declarations beside an entry is used. */
export interface DeclarationChoice {
  readonly used: FoundDeclaration | null;
  /** Absolute paths of the others. */
  readonly unused: readonly string[];
  /** Whether it was found further up: then it counts only where the entry needs it. @default false */
  readonly isAbove?: true;
}

/** The first is used; a manifest is no declaration beside its own lock. */
export const chooseFirst = (found: readonly FoundDeclaration[]): DeclarationChoice => {
  const [used = null, ...others] = found;
  const manifests = new Set(found.map(({ manifest }) => manifest));
  return {
    used,
    unused: others.map(({ file }) => file).filter((file) => file !== used?.file && !manifests.has(file)),
  };
};
