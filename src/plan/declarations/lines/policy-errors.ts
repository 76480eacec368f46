import type { DependencyRequest } from '../../request/bundle-request';
import { isRemote } from '../../packaging/local/local-reference';
import type { PlanError } from '../../errors/plan-error';
import { redactUrls } from '../../values/redact';
import { showPolicy } from '../../errors/required-by';
import { readRequirements } from './requirements-file';
import type { RequirementsSnapshot } from '../../model/source-snapshot';

/** The field of an error that names the context key which asks for what is missing; none where an option asks for it. */
export const keyOf = (key: string | undefined): { readonly key?: string } =>
  key === undefined ? {} : { key };

/** What a request asks of each line, in words. */
const policiesOf = ({ requireHashes, requirePinned, requiredBy }: DependencyRequest): readonly string[] => [
  ...(requireHashes ? [showPolicy('requireHashes', requiredBy?.hashes)] : []),
  ...(requirePinned === true ? [showPolicy('requirePinned', requiredBy?.pinned)] : []),
];

/** Files of the network, where each line must have a hash or be pinned: their lines are not known. */
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
