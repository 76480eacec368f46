import type { IConstruct } from 'constructs';
import type { PlanWarning } from '../../plan/errors/plan-warning';
import { onceInApp } from './once-in-app';

const isFirst = onceInApp();

/**
 * Whether an app has shown a warning already. A warning about a declaration stands at the first construct that
 * uses it, and not at each of fifty that share it, and so does one about a module; all others are about the construct itself.
 */
export const isToldAlready = (construct: IConstruct, warning: PlanWarning): boolean =>
  (warning._tag === 'NotPinned' && !isFirst(construct, warning.file)) ||
  (warning._tag === 'ComputedImport' && !isFirst(construct, `${warning.file}:${warning.line}`));
