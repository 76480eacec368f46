import type { IConstruct } from 'constructs';
import type { PlanWarning } from '../../plan/errors/plan-warning';
import { onceInApp } from './once-in-app';

const isFirst = onceInApp();

/**
 * Whether the app has shown a warning already. A warning about a declaration or a module is shown at the first
 * construct that uses it, and not at all fifty that share it; all others are about the construct itself.
 */
export const isToldAlready = (construct: IConstruct, warning: PlanWarning): boolean =>
  (warning._tag === 'NotPinned' && !isFirst(construct, warning.file)) ||
  (warning._tag === 'ComputedImport' && !isFirst(construct, `${warning.file}:${warning.line}`));
