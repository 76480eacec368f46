import * as path from 'node:path';
import { stringify } from 'smol-toml';
import type { GeneratedFile } from '../../model/install-plan';
import type { UvSettings } from '../../model/uv-settings';

/** The folder of what uv reads besides requirements files: no file of a user's is called so. */
const FOLDER = 'cdk-lambda-python.uv';

/** The settings, as seen from the folder that uv runs in. */
const SETTINGS = `${FOLDER}/uv.toml`;

/** The requirements that are each for one index. A requirements file cannot say that, a project can. */
const INDEXED = `${FOLDER}/pyproject.toml`;

const projectOf = ({ settings, indexed }: UvSettings): string =>
  stringify({
    project: {
      name: 'cdk-lambda-python-indexed',
      version: '0',
      dependencies: indexed.map(({ text }) => text),
    },
    tool: {
      uv: {
        index: settings['index'] ?? [],
        sources: Object.fromEntries(indexed.map(({ name, index }) => [name, { index }])),
        // uv looks for a workspace in the folders above.
        workspace: {},
      },
    },
  });

/** The files that uv reads for settings, in a folder of the gathered inputs. */
export const uvFiles = (uv: UvSettings | undefined, workingDirectory: string): readonly GeneratedFile[] =>
  uv === undefined
    ? []
    : [
        { path: path.posix.join(workingDirectory, SETTINGS), text: stringify(uv.settings) },
        ...(uv.indexed.length === 0
          ? []
          : [{ path: path.posix.join(workingDirectory, INDEXED), text: projectOf(uv) }]),
      ];

/** The arguments by which uv reads settings: none of a folder above, which others may write to. */
export const settingsArguments = (uv: UvSettings | undefined): readonly string[] =>
  uv === undefined ? ['--no-config'] : ['--config-file', SETTINGS];

/** The arguments that name requirements besides those of the requirements files. */
export const indexedArguments = (uv: UvSettings | undefined): readonly string[] =>
  uv === undefined || uv.indexed.length === 0 ? [] : ['--requirement', INDEXED];

/** The URLs of the indexes that the settings name. */
const indexesOf = ({ settings }: UvSettings) =>
  (Array.isArray(settings['index']) ? settings['index'] : []) as readonly {
    readonly url: string;
    readonly default?: boolean;
  }[];

/** The same indexes as lines of a requirements file, for what reads those. */
export const indexTexts = (uv: UvSettings | undefined): readonly string[] => {
  if (uv === undefined) return [];
  const first = uv.settings['index-url'];
  const more = (uv.settings['extra-index-url'] ?? []) as readonly string[];
  return [
    ...indexesOf(uv).map(
      ({ url, default: isDefault }) => `--${isDefault === true ? '' : 'extra-'}index-url ${url}`,
    ),
    ...(typeof first === 'string' ? [`--index-url ${first}`] : []),
    ...more.map((url) => `--extra-index-url ${url}`),
  ];
};
