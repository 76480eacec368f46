import type { DependencyRequest } from '../../request/bundle-request';
import type { PlanError } from '../../errors/plan-error';
import { unknownGroups } from '../../packaging/project/unknown-groups-and-extras';

/** Reports groups and extras that are chosen for a declaration without groups and extras. */
export const chosenInVain = (
  file: string,
  { groups, extras }: Pick<DependencyRequest, 'groups' | 'extras'>,
): readonly PlanError[] => [
  ...unknownGroups(file, 'group', groups, []),
  ...unknownGroups(file, 'extra', extras, []),
];
