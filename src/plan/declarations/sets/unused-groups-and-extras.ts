import type { DependencyRequest } from '../../request/bundle-request';
import type { PlanError } from '../../errors/plan-error';
import { unknownGroups } from '../../packaging/project/unknown-groups-and-extras';

/** Groups and extras that are asked for of what has none. */
export const chosenInVain = (
  file: string,
  { groups, extras }: Pick<DependencyRequest, 'groups' | 'extras'>,
): readonly PlanError[] => [
  ...unknownGroups(file, 'group', groups, []),
  ...unknownGroups(file, 'extra', extras, []),
];
