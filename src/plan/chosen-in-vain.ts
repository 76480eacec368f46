import type { DependencyRequest } from './bundle-request';
import type { PlanError } from './plan-error';

/** Groups and extras that are asked for of what has none. */
export const chosenInVain = (
  file: string,
  { groups, extras }: Pick<DependencyRequest, 'groups' | 'extras'>,
): readonly PlanError[] => [
  ...groups.map((name) => ({ _tag: 'UnknownGroup', file, kind: 'group', name, known: [] }) as const),
  ...extras.map((name) => ({ _tag: 'UnknownGroup', file, kind: 'extra', name, known: [] }) as const),
];
