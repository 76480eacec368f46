/**
 * A file that differs from the bundle's manifest; `what` says what was found instead.
 *
 * @since 0.1.0
 */
export type FileFault =
  | { readonly _tag: 'Missing'; readonly path: string }
  | { readonly _tag: 'Added'; readonly path: string }
  | { readonly _tag: 'Changed'; readonly path: string; readonly what: string }
  | { readonly _tag: 'Mode'; readonly path: string; readonly expected: string; readonly found: string };

/** The result of a check of a bundle. */
export interface FilesChecked {
  readonly faults: readonly FileFault[];
  /** How many files were read. */
  readonly files: number;
  /** Their uncompressed size. */
  readonly bytes: number;
  /** Why the bundle cannot be read; null if it can. */
  readonly unreadable: string | null;
}
