import * as t from 'io-ts';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { decodePlan, showPlanFieldErrors } from '../../plan/decode/decode-plan';
import type { InstallPlan } from '../../plan/model/install-plan';
import type { BatchItem } from './world';

/**
 * The input of the runner process: plans, and the values that no plan may hold. Each install is written once, and plans
 * have its index, because a thousand functions may share an install whose lock has a megabyte of hashes.
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

/** Reads the text of {@link encodeBatch}; every plan is decoded like untrusted input. */
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
