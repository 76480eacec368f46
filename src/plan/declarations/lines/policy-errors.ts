import type { DependencyRequest } from '../../request/bundle-request';
import { isRemote } from '../../packaging/local/local-reference';
import type { PlanError } from '../../errors/plan-error';
import { redactUrls } from '../../values/redact';
import { showPolicy } from '../../errors/required-by';
import { readRequirements } from './requirements-file';
import type { RequirementsSnapshot } from '../../model/source-snapshot';

/** The `key` field of an error: the context key that sets the policy. The field is absent if an option sets it. */
export const keyOf = (key: string | undefined): { readonly key?: string } =>
  key === undefined ? {} : { key };

/** The policies that a request sets for each line, as text. */
const policiesOf = ({ requireHashes, requirePinned, requiredBy }: DependencyRequest): readonly string[] => [
  ...(requireHashes ? [showPolicy('requireHashes', requiredBy?.hashes)] : []),
  ...(requirePinned === true ? [showPolicy('requirePinned', requiredBy?.pinned)] : []),
];

/** Included remote files, if each line must have a hash or be pinned: the lines of such files are unknown. */
export const unknownIncludes = (
  { texts }: RequirementsSnapshot,
  dependencies: DependencyRequest,
): readonly PlanError[] => {
  const policies = policiesOf(dependencies);
  if (policies.length === 0) return [];
  return texts.flatMap(({ file, text }) =>
    readRequirements(text).flatMap((line) =>
      line._tag === 'Include' && isRemote(line.target)
        ? ({
            _tag: 'IncludeNotKnown',
            file,
            line: line.at.from,
            url: redactUrls(line.target),
            policies,
          } as const)
        : [],
    ),
  );
};
