import type { ChosenBy } from '../packaging/project/group-or-extra-of';

/** What leaves out a distribution that is declared. */
export type LeavesOut = 'omit' | 'exclude' | 'marker';

/** A value of `dependencies.from` that keeps declarations out. */
export type KeepingOut = 'none' | 'beside';

/** How a message names the options that help. */
export interface OptionWords {
  /** What has the bundle begin at a folder. */
  readonly beginAt: (folder: string, index: string) => string;
  /** What names the handler. */
  readonly handler: (handler: string) => string;
  /** What begins at the folder above a package. */
  readonly beginAbove: string;
  /** What puts a folder or a file into the bundle. */
  readonly include: (from: string, to: string) => string;
  /** What takes a declaration. */
  readonly declaration: (from: string) => string;
  /** What says where declarations are looked for. */
  readonly from: (value: KeepingOut) => string;
  /** What takes a group or an extra of a declaration. */
  readonly choice: (chosen: ChosenBy) => string;
  /** What chooses the Python. */
  readonly runtime: string;
  /** What may have left a file out. */
  readonly leftOutBy: string;
  /** What leaves out a distribution. */
  readonly leavesOut: (by: LeavesOut) => string;
}

const MARKER = 'its marker';

/** Options of a construct. */
export const CONSTRUCT_WORDS: OptionWords = {
  beginAt: (folder, index) => `if \`entry\` is the folder ${folder}, with \`index: '${index}'\``,
  handler: (handler) => `set \`handler\` to "${handler}"`,
  beginAbove: 'set `entry` to the folder above the package',
  include: (from, to) => `with ${from} in \`bundling.include\`, \`to: '${to}'\``,
  declaration: (from) => `set \`dependencies.from\` to "${from}"`,
  from: (value) =>
    `\`dependencies.from: '${value}'\` (or the context key cdk-lambda-python:dependenciesFrom)`,
  choice: ({ option, name }) => `set \`dependencies.${option}\` to ["${name}"]`,
  runtime: '`runtime`',
  leftOutBy: '`bundling.exclude`, a built-in rule or one of your commands leaves it out',
  leavesOut: (by) => (by === 'marker' ? MARKER : `\`dependencies.${by}\``),
};

/** Options of the command line. */
export const COMMAND_WORDS: OptionWords = {
  beginAt: (folder) => `with --root ${folder}`,
  handler: (handler) => `say --handler ${handler}`,
  beginAbove: 'say --root with the folder above the package',
  include: (from, to) => `with --include ${from}=${to}`,
  declaration: (from) => `say --from ${from}`,
  from: (value) => `--from ${value}`,
  choice: ({ option, name }) => `say --${option === 'groups' ? 'group' : 'extra'} ${name}`,
  runtime: '--runtime',
  leftOutBy: '--exclude or a built-in rule leaves it out',
  leavesOut: (by) => (by === 'marker' ? MARKER : by === 'omit' ? '--omit' : '`dependencies.exclude`'),
};
