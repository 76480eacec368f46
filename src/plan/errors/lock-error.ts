/** How a lock of this library is made for a further target. */
export interface Relock {
  /** Absolute path of the declaration. */
  readonly manifest: string;
  readonly command: string;
}

/** What is wrong with a lock as a whole, or for a target. */
export type LockError =
  | {
      readonly _tag: 'UnknownLockVersion';
      readonly file: string;
      readonly line: number;
      readonly version: string;
      /** What can be read, as in "reads …". */
      readonly known: string;
      readonly command: string;
    }
  /** A lock that was made from another manifest than the one beside it. */
  | {
      readonly _tag: 'LockOutdated';
      readonly file: string;
      readonly manifest: string;
      /** The line of the manifest from which on it lists dependencies; null where the reason names a line, or none is to blame. */
      readonly line: number | null;
      readonly reason: string;
      readonly command: string;
    }
  | {
      readonly _tag: 'PythonNotSupported';
      readonly file: string;
      readonly line: number;
      readonly requires: string;
      readonly python: string;
      readonly relock?: Relock;
    }
  /** A lock that says which targets it is for, and this one is not among them. */
  | {
      readonly _tag: 'LockNotForTarget';
      readonly file: string;
      readonly line: number;
      /** As the lock writes them, such as markers (PEP 508). One of them must hold. */
      readonly environments: readonly string[];
      /** Such as `Python 3.13 on arm64`. */
      readonly target: string;
      readonly relock?: Relock;
    }
  /** A locked package of which no file loads on the target. */
  | {
      readonly _tag: 'NoFileForTarget';
      readonly file: string;
      readonly line: number;
      readonly requirement: string;
      readonly files: readonly string[];
      readonly relock?: Relock;
    };

export const showLockError = (error: LockError): string => {
  switch (error._tag) {
    case 'UnknownLockVersion':
      return `${error.file}:${error.line} is of the version ${error.version}; this library reads ${error.known}. Make it anew with \`${error.command}\`, or look for a newer version of this library.`;
    case 'LockOutdated':
      return `${error.file} is out of date with ${error.manifest}${error.line === null ? '' : `:${error.line}`}: ${error.reason}. Run \`${error.command}\`.`;
    case 'PythonNotSupported':
      return error.relock !== undefined
        ? `${error.file}:${error.line} is for Python ${error.requires}, but the target is Python ${error.python}. Run \`${error.relock.command}\` to lock for the target as well.`
        : `${error.file}:${error.line} is for Python ${error.requires}, but the function runs on Python ${error.python}. Set \`runtime\` to one that it is for, or lock for Python ${error.python} as well.`;
    case 'LockNotForTarget':
      return `${error.file}:${error.line} is only for ${error.environments.map((marker) => `\`${marker}\``).join(' or ')}, but the target is ${error.target}. ${
        error.relock === undefined
          ? 'Lock for the target as well, with the tool that wrote the file, or set `runtime` or `architecture` to a target that it is for.'
          : `Run \`${error.relock.command}\` to lock for the target as well.`
      }`;
    case 'NoFileForTarget':
      return `${error.file}:${error.line} locks ${error.requirement}, which has no file for the target and no source distribution; it has ${error.files.join(', ')}. ${
        error.relock === undefined
          ? 'Lock a version that has one'
          : `Require a version that has one in ${error.relock.manifest}, then run \`${error.relock.command}\``
      }, or set \`runtime\` or \`architecture\` to one that it has a file for.`;
  }
};
