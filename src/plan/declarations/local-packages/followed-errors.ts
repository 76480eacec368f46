import type { DependencyRequest } from '../../request/bundle-request';
import { misplacedInRequirement } from '../line-checks/misplaced-variable';
import type { FetchedNeed, LocalNeed, LocalNeeds } from '../../packaging/local/local-needs';
import { hasCredentials } from '../../packaging/requirement/url-credentials';
import type { PlanError } from '../../errors/plan-error';
import type { PlanWarning } from '../../errors/plan-warning';
import { redactUrls } from '../../values/redact';
import { keyOf } from '../lines/policy-errors';
import { isUnpinnedGit } from '../line-checks/requirements-check';

/** Whether a requirement names a URL with a password in it. */
export const hasSecret = (requirement: string): boolean =>
  hasCredentials(requirement.replace(/^[^@]*@\s*(git\+)?/, ''));

/** Whether options name an index. Without one, an installer would ask an index that the user never chose. */
export const namesIndex = ({ index, extraIndexes }: DependencyRequest): boolean =>
  index !== undefined || extraIndexes.length > 0;

/** Reports a local package whose marker has a variable, which an installer would replace with its value. */
export const markerErrors = ({
  file,
  line,
  name,
  marker,
}: Pick<LocalNeed, 'file' | 'line' | 'name' | 'marker'>): readonly PlanError[] =>
  marker === null ? [] : requirementErrors({ file, line, text: `${name} ; ${marker}` });

const requirementErrors = ({ file, line, text }: FetchedNeed): readonly PlanError[] => {
  const part = misplacedInRequirement(text);
  return part === undefined
    ? []
    : [{ _tag: 'VariableInRequirement', file, line, text: redactUrls(text), part }];
};

/** Reports errors in the sources of local packages. */
export const followedErrors = (
  { locals, fetched, problems }: LocalNeeds,
  { requireHashes, requiredBy }: DependencyRequest,
  isIndexNamed: boolean,
): readonly PlanError[] => [
  ...problems.filter(({ _tag }) => _tag !== 'IndexNotFollowed' || !isIndexNamed),
  ...locals.flatMap(markerErrors),
  ...fetched.flatMap(({ file, line, text }): readonly PlanError[] => [
    ...requirementErrors({ file, line, text }),
    ...(hasSecret(text) ? [{ _tag: 'CredentialsInDeclaration', file, line } as const] : []),
    ...(requireHashes
      ? [
          {
            _tag: 'NotHashed',
            file,
            requirements: [redactUrls(text)],
            ...keyOf(requiredBy?.hashes),
          } as const,
        ]
      : []),
  ]),
];

/** Warns of Git repositories without a commit. */
export const unpinned = (requirements: readonly FetchedNeed[]): readonly PlanWarning[] =>
  requirements
    .filter(({ text }) => isUnpinnedGit(text))
    .map(({ file, line, text }) => ({ _tag: 'GitNotPinned', file, line, requirement: redactUrls(text) }));
