/** How a lock of this library is extended to a further target. */
export interface Relock {
  /** Absolute path of the declaration. */
  readonly manifest: string;
  readonly command: string;
}

/** An error of a lock as a whole, or for a target. */
export type LockError =
  | {
      readonly _tag: 'UnknownLockVersion';
      readonly file: string;
      readonly line: number;
      readonly version: string;
      /** The versions that this library reads, in words. */
      readonly known: string;
      readonly command: string;
    }
  /** A lock is out of date with the manifest beside it. */
  | {
      readonly _tag: 'LockOutdated';
      readonly file: string;
      readonly manifest: string;
      /** The manifest's line at which its dependencies begin; null if the reason names a line, or no line is wrong. */
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
  /** A lock lists its targets, and this target is not among them. */
  | {
      readonly _tag: 'LockNotForTarget';
      readonly file: string;
      readonly line: number;
      /** The targets as in the lock, such as markers (PEP 508). One of them must hold. */
      readonly environments: readonly string[];
      /** Such as `Python 3.13 on arm64`. */
      readonly target: string;
      readonly relock?: Relock;
    }
  /** A locked package has no file that loads on the target. */
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
      return `${error.file}:${error.line} has an unknown version (${error.version}); this library reads ${error.known}. Regenerate it with \`${error.command}\`, or look for a newer version of this library.`;
    case 'LockOutdated':
      return `${error.file} is out of date with ${error.manifest}${error.line === null ? '' : `:${error.line}`}: ${error.reason}. Run \`${error.command}\`.`;
    case 'PythonNotSupported':
      return error.relock !== undefined
        ? `${error.file}:${error.line} is for Python ${error.requires}, but the target is Python ${error.python}. Run \`${error.relock.command}\` to lock for the target as well.`
        : `${error.file}:${error.line} is for Python ${error.requires}, but the function runs on Python ${error.python}. Set \`runtime\` to one that it allows, or lock for Python ${error.python} as well.`;
    case 'LockNotForTarget':
      return `${error.file}:${error.line} is only for ${error.environments.map((marker) => `\`${marker}\``).join(' or ')}, but the target is ${error.target}. ${
        error.relock === undefined
          ? 'Lock for the target as well, with the tool that wrote the file, or set `runtime` or `architecture` to one of its targets.'
          : `Run \`${error.relock.command}\` to lock for the target as well.`
      }`;
    case 'NoFileForTarget':
      return `${error.file}:${error.line} locks ${error.requirement}, which has neither a file for the target nor a source distribution; it has ${error.files.join(', ')}. ${
        error.relock === undefined
          ? 'Lock a version that has such a file'
          : `Require a version that has such a file in ${error.relock.manifest}, then run \`${error.relock.command}\``
      }, or set \`runtime\` or \`architecture\` to a target of one of its files.`;
  }
};
