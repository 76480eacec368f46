/**
 * A file that is not what a manifest says; `what` is what was found in its place.
 *
 * @since 0.1.0
 */
export type FileFault =
  | { readonly _tag: 'Missing'; readonly path: string }
  | { readonly _tag: 'Added'; readonly path: string }
  | { readonly _tag: 'Changed'; readonly path: string; readonly what: string }
  | { readonly _tag: 'Mode'; readonly path: string; readonly expected: string; readonly found: string };

/** What a check of a bundle has found. */
export interface FilesChecked {
  readonly faults: readonly FileFault[];
  /** Files that were read. */
  readonly files: number;
  /** Of these, uncompressed. */
  readonly bytes: number;
  /** Why it is no bundle that can be read; null where it is one. */
  readonly unreadable: string | null;
}
