import * as t from 'io-ts';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { decodePlan, showPlanFieldErrors } from '../../plan/decode/decode-plan';
import type { InstallPlan } from '../../plan/model/install-plan';
import type { BatchItem } from './world';

/**
 * What the runner process reads: plans, and beside them the values that no plan may hold. Installs are there once, and plans name
 * theirs by its place among them: a thousand functions may share one whose lock has a megabyte of hashes.
 */
const Envelope = t.type(
  {
    installs: t.readonlyArray(t.unknown),
    items: t.readonlyArray(
      t.type({ plan: t.UnknownRecord, environment: t.record(t.string, t.string) }, 'BatchItem'),
    ),
  },
  'BatchRequest',
);

/** Reads what {@link encodeBatch} wrote; every plan is decoded as if it came from a stranger. */
export const decodeBatch = (json: string): E.Either<string, readonly BatchItem[]> => {
  const envelope = pipe(
    E.tryCatch(() => JSON.parse(json) as unknown, E.toError),
    E.flatMap(Envelope.decode),
  );
  if (E.isLeft(envelope)) return E.left('not a batch of plans');
  const { installs } = envelope.right;
  const items: BatchItem[] = [];
  for (const { plan, environment } of envelope.right.items) {
    const { install } = plan;
    const decoded = decodePlan({
      ...plan,
      install: typeof install === 'number' ? installs[install] : install,
    });
    if (E.isLeft(decoded)) return E.left(showPlanFieldErrors(decoded.left));
    items.push({ plan: decoded.right, environment });
  }
  return E.right(items);
};

export const encodeBatch = (items: readonly BatchItem[]): string => {
  const places = new Map<InstallPlan, number>();
  const placeOf = (install: InstallPlan): number => {
    const place = places.get(install) ?? places.size;
    places.set(install, place);
    return place;
  };
  const written = items.map(({ plan, environment }) => ({
    plan: { ...plan, install: plan.install === null ? null : placeOf(plan.install) },
    environment,
  }));
  return JSON.stringify({ installs: [...places.keys()], items: written });
};
