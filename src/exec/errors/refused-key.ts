/** The message for a key of the store that must not be used. */
export const refusedKey = (file: string, why: string): string =>
  `The key of the store, ${file}, ${why}. Until this is fixed, nothing in the store is used. Remove the file (the store is then filled again), or set CDK_LAMBDA_PYTHON_CACHE to a folder of your own.`;

/** A key that must not be used: anyone who can read or replace it can seal parts that no run has made. */
export class RefusedKey extends Error {
  override readonly name = 'RefusedKey';

  /**
   * @param file absolute path of the key
   * @param why what is wrong with it, as the end of a sentence
   */
  constructor(
    readonly file: string,
    readonly why: string,
  ) {
    super(refusedKey(file, why));
  }
}
