/**
 * Shell commands around the build of a bundle, as in CDK's own constructs.
 *
 * `sh` runs them in order until one fails. With commands, the whole bundle, including the function's files, is built in
 * one folder.
 *
 * As in CDK, a method that returns nothing gives no commands: do not forget `return`.
 *
 * @since 0.1.0
 */
export interface ICommandHooks {
  /**
   * Commands that run before the requirements are installed. Called once, when the function is made.
   *
   * @param inputDir stands for the folder with the function's files; put it into commands as it is
   * @param outputDir stands for the folder that becomes the bundle
   */
  beforeBundling(inputDir: string, outputDir: string): string[];

  /**
   * Commands that run when everything is in its place.
   *
   * @param inputDir stands for the folder with the function's files; put it into commands as it is
   * @param outputDir stands for the folder that becomes the bundle
   */
  afterBundling(inputDir: string, outputDir: string): string[];
}
