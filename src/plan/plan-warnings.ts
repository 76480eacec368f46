import { byIdentity } from './by-identity';
import type { PlanWarning } from './plan-warning';
import { plainlyDefines } from './plain-definition';
import { readDefinitions } from './python-definitions';
import { isRemote } from './local-reference';
import { readRequirements } from './requirements-file';
import type { RuntimeChoice } from './runtime-choice';
import type { RequirementsSnapshot, SnapshotEntry, SourceSnapshot } from './source-snapshot';

/** What warnings are about. */
export interface WarningSubject extends RuntimeChoice {
  /** The handler as it was asked for; null for a layer. */
  readonly handler: string | null;
  readonly entry: SnapshotEntry;
  /** Absolute path of the entry. */
  readonly file: string;
}

/** What a user should know of a plan, although nothing is wrong with it. */
export const planWarnings = (
  { requirements }: Pick<SourceSnapshot, 'requirements'>,
  { source, runtime, handler, entry, file }: WarningSubject,
): readonly PlanWarning[] => [
  ...(source === 'default' ? [{ _tag: 'DefaultRuntime', runtime: runtime.name } as const] : []),
  ...(handler === null ? [] : handlerWarnings(entry.source, handler, file)),
  ...(requirements === null ? [] : remoteIncludes(requirements)),
];

const remoteIncludes = byIdentity(({ texts }: RequirementsSnapshot): readonly PlanWarning[] =>
  texts.flatMap((text) =>
    readRequirements(text.text)
      .filter((line) => line._tag === 'Include' && isRemote(line.target))
      .map(({ at }) => ({ _tag: 'RemoteInclude', file: text.file, line: at.from }) as const),
  ),
);

const handlerWarnings = (source: string, handler: string, entry: string): readonly PlanWarning[] => {
  // A full handler names a module of its own, which may come with a requirement or a layer.
  if (handler.includes('.') || plainlyDefines(source, handler)) return [];
  const { functions, names, open } = readDefinitions(source);
  return open || names.has(handler) ? [] : [{ _tag: 'HandlerNotDefined', handler, entry, functions }];
};
