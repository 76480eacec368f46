import * as t from 'io-ts';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { BundlePlan } from '../plan/bundle-plan';
import { decodePlan, showPlanFieldErrors } from '../plan/decode-plan';
import type { BatchItem } from './batch';

/** What the runner process reads: plans, and beside them the values that no plan may hold. */
const Envelope = t.readonlyArray(
  t.type({ plan: t.unknown, environment: t.record(t.string, t.string) }, 'BatchItem'),
  'BatchRequest',
);

/** Reads what {@link encodeBatch} wrote; every plan is decoded as if it came from a stranger. */
export const decodeBatch = (json: string): E.Either<string, readonly BatchItem[]> => {
  const envelope = pipe(
    E.tryCatch(() => JSON.parse(json) as unknown, E.toError),
    E.flatMap(Envelope.decode),
  );
  if (E.isLeft(envelope)) return E.left('not a batch of plans');
  const items: BatchItem[] = [];
  for (const { plan, environment } of envelope.right) {
    const decoded = decodePlan(plan);
    if (E.isLeft(decoded)) return E.left(showPlanFieldErrors(decoded.left));
    items.push({ plan: decoded.right, environment });
  }
  return E.right(items);
};

export const encodeBatch = (
  items: readonly { readonly plan: BundlePlan; readonly environment: Readonly<Record<string, string>> }[],
): string => JSON.stringify(items);
