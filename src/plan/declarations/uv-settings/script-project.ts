import * as path from 'node:path';
import { stringify } from 'smol-toml';
import type { ProjectDeclaration } from '../../model/source-snapshot';
import { toolUvFile } from './tool-uv-file';
import type { TomlTable } from '../../values/toml-values';
import { asArray, asTable, tableAt, textAt, textsAt, valueAt } from '../../values/toml-values';

const absolute = (source: unknown, folder: string): unknown => {
  const table = asTable(source);
  const place = textAt(table, 'path');
  return table === undefined || place === undefined
    ? source
    : { ...table, path: path.resolve(folder, place) };
};

const absoluteSources = (sources: TomlTable, folder: string): TomlTable =>
  Object.fromEntries(
    Object.entries(sources).map(([name, source]) => [
      name,
      asArray(source)?.map((each) => absolute(each, folder)) ?? absolute(source, folder),
    ]),
  );

/**
 * The text of a pyproject.toml with the dependencies of a script; undefined if the script has no sources.
 * `uv pip compile` reads a project's dependencies with their sources, but a script's dependencies without them.
 */
export const scriptProject = ({ source }: Pick<ProjectDeclaration, 'source'>): string | undefined => {
  const tool = toolUvFile({ kind: 'script', source, manifest: null });
  const sources = tableAt(tool?.table, 'tool', 'uv', 'sources');
  if (tool === undefined || sources === undefined) return undefined;
  const python = textAt(tool.table, 'requires-python');
  return stringify({
    project: {
      name: 'cdk-lambda-python-script',
      version: '0',
      ...(python === undefined ? {} : { 'requires-python': python }),
      dependencies: textsAt(tool.table, 'dependencies'),
    },
    tool: {
      uv: {
        index: asArray(valueAt(tool.table, 'tool', 'uv', 'index')) ?? [],
        sources: absoluteSources(sources, path.dirname(source.file)),
        // Otherwise uv looks for a workspace in the folders above.
        workspace: {},
      },
    },
  });
};
