import { readFileSync } from 'node:fs';
import * as path from 'node:path';

const texts = new Map<string, string>();

/** The text of a declaration file of the app's CDK, relative to the folder of `aws-lambda`. */
const read = (file: string): string => {
  const known = texts.get(file);
  if (known !== undefined) return known;
  const folder = path.join(path.dirname(require.resolve('aws-cdk-lib/aws-lambda')), 'lib');
  const found = readFileSync(path.join(folder, file), 'utf8');
  texts.set(file, found);
  return found;
};

/**
 * Whether the CDK of this app has an option that is newer than this library: one of these declaration files names it.
 * They are read only for an unknown name.
 */
export const isCdkOption = (name: string, files: readonly string[]): boolean =>
  /^\w+$/.test(name) && files.some((file) => new RegExp(`^\\s*readonly ${name}\\??:`, 'm').test(read(file)));

/** Whether `lambda.Function` of this app has the option. */
export const isFunctionOption = (name: string): boolean =>
  isCdkOption(name, ['function.d.ts', 'event-invoke-config.d.ts']);
