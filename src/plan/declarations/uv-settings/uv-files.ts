import * as path from 'node:path';
import { stringify } from 'smol-toml';
import type { GeneratedFile } from '../../model/install-plan';
import type { UvSettings } from '../../model/uv-settings';

/** The folder for files that uv reads besides requirements files. No user file has this name. */
const FOLDER = 'cdk-lambda-python.uv';

/** The settings file, relative to the folder in which uv runs. */
const SETTINGS = `${FOLDER}/uv.toml`;

/** The requirements that each have their own index. Only a project can express that, a requirements file cannot. */
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
        // Otherwise uv looks for a workspace in the folders above.
        workspace: {},
      },
    },
  });

/** The files with settings for uv, in a folder of the gathered inputs. */
export const uvFiles = (uv: UvSettings | undefined, workingDirectory: string): readonly GeneratedFile[] =>
  uv === undefined
    ? []
    : [
        { path: path.posix.join(workingDirectory, SETTINGS), text: stringify(uv.settings) },
        ...(uv.indexed.length === 0
          ? []
          : [{ path: path.posix.join(workingDirectory, INDEXED), text: projectOf(uv) }]),
      ];

/** The arguments for uv's settings. uv reads no settings of a folder above, because others may write there. */
export const settingsArguments = (uv: UvSettings | undefined): readonly string[] =>
  uv === undefined ? ['--no-config'] : ['--config-file', SETTINGS];

/** The arguments for requirements that are not in the requirements files. */
export const indexedArguments = (uv: UvSettings | undefined): readonly string[] =>
  uv === undefined || uv.indexed.length === 0 ? [] : ['--requirement', INDEXED];

/** The indexes of the settings. */
const indexesOf = ({ settings }: UvSettings) =>
  (Array.isArray(settings['index']) ? settings['index'] : []) as readonly {
    readonly url: string;
    readonly default?: boolean;
  }[];

/** The same indexes as lines of a requirements file. */
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
