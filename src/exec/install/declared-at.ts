import type { InstallPlan } from '../../plan/model/install-plan';
import { declarationFiles, localLineOfName } from './local-lines';
import { textOf } from '../files/requirement-texts';

/** Matches all spellings of a name: in any case, with any of `-`, `_` and `.` between its parts (PEP 503). */
const spellings = (name: string): RegExp => {
  const parts = name.split(/[-_.]+/).map((part) => part.replace(/\W/g, ''));
  return new RegExp(`(?<![\\w.-])${parts.join('[-_.]+')}(?![\\w-]|\\.\\w)`, 'i');
};

/** The first line of a package in a TOML lock. */
const LOCKED_NAME = /^\s*name\s*=/;

const readLines = (file: string): readonly string[] => textOf(file).split('\n');

/** `file:line` of the first line of the declaration's files that matches. */
export const lineAt = (
  install: Pick<InstallPlan, 'declaration' | 'inputs'>,
  holds: (line: string) => boolean,
): string | undefined => {
  for (const file of declarationFiles(install)) {
    const line = readLines(file).findIndex(holds) + 1;
    if (line > 0) return `${file}:${line}`;
  }
  return undefined;
};

/**
 * The place of a requirement that an installer has refused: `file:line` of the first line that has its name, or the
 * path of the local package, in the declaration or its includes. The declaration alone if another distribution needs
 * it.
 */
export const declaredAt = (
  install: Pick<InstallPlan, 'declaration' | 'inputs'>,
  requirement: string,
): string | null => {
  const { declaration } = install;
  const [name] = /^[A-Za-z0-9][\w.-]*/.exec(requirement) ?? [];
  if (declaration === null) return declaration;
  const isPath = name === undefined || /^[\w.-]*[/\\]/.test(requirement);
  const spelled = isPath ? { test: (line: string) => line.includes(requirement) } : spellings(name);
  for (const file of declarationFiles(install)) {
    const lines = readLines(file);
    const named = lines.findIndex((text) => LOCKED_NAME.test(text) && spelled.test(text)) + 1;
    // In a lock, prefer the package itself to a package that needs it.
    const line = named || lines.findIndex((text) => spelled.test(text)) + 1;
    if (line > 0) return `${file}:${line}`;
  }
  return (name === undefined ? undefined : localLineOfName(install, name)) ?? declaration;
};
