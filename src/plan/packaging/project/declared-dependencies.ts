import { isRight } from 'fp-ts/Either';
import type { PlanError } from '../../errors/plan-error';
import { redactUrls } from '../../values/redact';
import type { Requirement } from '../requirement/requirement';
import { parseRequirement } from '../requirement/requirement';
import type { Section } from './uv-sources';
import { applySources } from './uv-sources';
import type { TomlTable } from '../../values/toml-values';

/** What `pyproject.toml` or a script asks for. */
export interface DeclaredDependencies {
  /** Requirements of PEP 508, in the order of the file, with `[tool.uv.sources]` applied. */
  readonly requirements: readonly { readonly text: string; readonly line: number }[];
  /** Folders and archives of this machine; their paths are relative to the folder of the file. */
  readonly locals: readonly {
    readonly name: string;
    readonly extras: readonly string[];
    readonly marker: string | null;
    readonly path: string;
    readonly line: number;
  }[];
  /** Members of a uv workspace (`workspace = true`): only `uv.lock`, or the workspace's root, says where they lie. */
  readonly workspaceMembers: readonly {
    readonly name: string;
    readonly extras: readonly string[];
    readonly marker: string | null;
    readonly line: number;
  }[];
  /** Those of the requirements that a source names a URL or a Git repository for. */
  readonly fetched: readonly { readonly text: string; readonly line: number }[];
  /** Those of the requirements that a source names an index for: an index of that name in the same file. */
  readonly indexed: readonly {
    readonly name: string;
    readonly index: string;
    readonly text: string;
    readonly line: number;
  }[];
  readonly requiresPython: { readonly text: string; readonly line: number } | null;
}

/** A requirement as it is written, and where. */
export interface WrittenRequirement {
  readonly text: string;
  readonly line: number;
  readonly section: Section;
}

/** A requirement that was read, and where it is written. */
export interface ReadRequirement extends WrittenRequirement {
  readonly requirement: Requirement;
}

/** Reads requirements; those that are none come as errors. */
export const readWritten = (
  file: string,
  written: readonly WrittenRequirement[],
): { readonly read: readonly ReadRequirement[]; readonly problems: readonly PlanError[] } => {
  const read: ReadRequirement[] = [];
  const problems: PlanError[] = [];
  for (const each of written) {
    const parsed = parseRequirement(each.text);
    if (isRight(parsed)) read.push({ ...each, requirement: parsed.right });
    else
      problems.push({
        _tag: 'InvalidRequirement',
        file,
        line: each.line,
        text: redactUrls(each.text),
        reason: parsed.left,
      });
  }
  return { read, problems };
};

/** What requirements ask for with the sources of their file (`[tool.uv.sources]`) applied. */
export const withSources = (
  table: TomlTable,
  read: readonly ReadRequirement[],
  requiresPython: DeclaredDependencies['requiresPython'],
): DeclaredDependencies => {
  const all = read.flatMap(({ requirement, section, line }) =>
    applySources(table, requirement, section).map((sourced) => ({ sourced, line })),
  );
  return {
    requirements: all.flatMap(({ sourced, line }) =>
      'text' in sourced ? [{ text: sourced.text, line }] : [],
    ),
    locals: all.flatMap(({ sourced, line }) => {
      if (sourced._tag !== 'Local') return [];
      const { name, extras, marker, path } = sourced;
      return [{ name, extras, marker, path, line }];
    }),
    workspaceMembers: all.flatMap(({ sourced, line }) => {
      if (sourced._tag !== 'Workspace') return [];
      const { name, extras, marker } = sourced;
      return [{ name, extras, marker, line }];
    }),
    fetched: all.flatMap(({ sourced, line }) =>
      sourced._tag === 'Fetched' ? [{ text: sourced.text, line }] : [],
    ),
    indexed: all.flatMap(({ sourced, line }) => {
      if (sourced._tag !== 'Indexed') return [];
      const { name, index, text } = sourced;
      return [{ name, index, text, line }];
    }),
    requiresPython,
  };
};
