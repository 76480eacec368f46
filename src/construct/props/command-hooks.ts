/**
 * Shell commands around the build of a bundle, as in CDK's own constructs. They are run by `sh`, in order, until one fails;
 * where there are any, the whole bundle is built in one folder, and the function's files are a part of what is built.
 *
 * As in CDK, a method that returns nothing gives no commands: do not forget `return`.
 *
 * @since 0.1.0
 */
export interface ICommandHooks {
  /**
   * Commands that run before the requirements are installed. Asked for once, when the function is made.
   *
   * @param inputDir stands for the folder with the function's files; to be put into commands as it is
   * @param outputDir stands for the folder that becomes the bundle
   */
  beforeBundling(inputDir: string, outputDir: string): string[];

  /**
   * Commands that run when everything is in its place.
   *
   * @param inputDir stands for the folder with the function's files; to be put into commands as it is
   * @param outputDir stands for the folder that becomes the bundle
   */
  afterBundling(inputDir: string, outputDir: string): string[];
}
