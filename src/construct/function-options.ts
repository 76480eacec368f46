import { readFileSync } from 'node:fs';
import * as path from 'node:path';

/** The declarations in which CDK has the options of a function. */
const DECLARATIONS = ['function.d.ts', 'event-invoke-config.d.ts'];

const read = (): string => {
  const folder = path.join(path.dirname(require.resolve('aws-cdk-lib/aws-lambda')), 'lib');
  return DECLARATIONS.map((name) => readFileSync(path.join(folder, name), 'utf8')).join('\n');
};

let text: string | undefined;

/**
 * Whether the CDK of this app has an option of a function that was not there when this library was made: its types say so. Read
 * only where a name is not known.
 */
export const isFunctionOption = (name: string): boolean =>
  /^\w+$/.test(name) && new RegExp(`^\\s*readonly ${name}\\?:`, 'm').test((text ??= read()));
