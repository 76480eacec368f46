import type { ChosenBy } from '../packaging/project/group-or-extra-of';

/** The reason why a declared distribution is left out. */
export type LeavesOut = 'omit' | 'exclude' | 'marker';

/** A value of `dependencies.from` that keeps declarations out. */
export type KeepingOut = 'none' | 'beside';

/** The names of options in advice. */
export interface OptionWords {
  /** Begins the bundle at a folder. */
  readonly beginAt: (folder: string, index: string) => string;
  /** Names the handler. */
  readonly handler: (handler: string) => string;
  /** Begins the bundle at the folder above a package. */
  readonly beginAbove: string;
  /** Adds a folder or file to the bundle. */
  readonly include: (from: string, to: string) => string;
  /** Chooses a declaration. */
  readonly declaration: (from: string) => string;
  /** Says where declarations are searched for. */
  readonly from: (value: KeepingOut) => string;
  /** Adds a group or extra of a declaration. */
  readonly choice: (chosen: ChosenBy) => string;
  /** Chooses the Python version. */
  readonly runtime: string;
  /** May have left a file out. */
  readonly leftOutBy: string;
  /** Leaves out a distribution. */
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
  handler: (handler) => `use --handler ${handler}`,
  beginAbove: 'set --root to the folder above the package',
  include: (from, to) => `with --include ${from}=${to}`,
  declaration: (from) => `use --from ${from}`,
  from: (value) => `--from ${value}`,
  choice: ({ option, name }) => `use --${option === 'groups' ? 'group' : 'extra'} ${name}`,
  runtime: '--runtime',
  leftOutBy: '--exclude or a built-in rule leaves it out',
  leavesOut: (by) => (by === 'marker' ? MARKER : by === 'omit' ? '--omit' : '`dependencies.exclude`'),
};
