import { readFileSync } from 'node:fs';
import * as path from 'node:path';

const texts = new Map<string, string>();

/** A file of declarations of the app's CDK, relative to the folder of Lambda's. */
const read = (file: string): string => {
  const known = texts.get(file);
  if (known !== undefined) return known;
  const folder = path.join(path.dirname(require.resolve('aws-cdk-lib/aws-lambda')), 'lib');
  const found = readFileSync(path.join(folder, file), 'utf8');
  texts.set(file, found);
  return found;
};

/**
 * Whether the CDK of this app has an option that was not there when this library was made: one of these declarations says so. Read
 * only where a name is not known.
 */
export const isCdkOption = (name: string, files: readonly string[]): boolean =>
  /^\w+$/.test(name) && files.some((file) => new RegExp(`^\\s*readonly ${name}\\??:`, 'm').test(read(file)));

/** Whether `lambda.Function` of this app has an option. */
export const isFunctionOption = (name: string): boolean =>
  isCdkOption(name, ['function.d.ts', 'event-invoke-config.d.ts']);
