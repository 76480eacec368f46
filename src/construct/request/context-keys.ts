import { invalidKey } from '../../plan/errors/invalid-option';
import type { IConstruct } from 'constructs';
import { nearest } from '../../plan/values/nearest-name';
import { kindOf } from '../../plan/request/option-checks';
import type { PlanError } from '../../plan/errors/plan-error';
import { RUNTIME_CONTEXT_KEY } from '../../plan/runtime/runtime-choice';
import { SDIST_CONTEXT_KEY } from '../../plan/options/sdist-policy';
import { PHASE_KEY } from './bundling-phase';
import { FROM_KEY, REQUIRE_HASHES_KEY, REQUIRE_PINNED_KEY } from './dependency-request';

/** All context keys that this library reads. */
const KEYS: readonly string[] = [
  RUNTIME_CONTEXT_KEY,
  FROM_KEY,
  REQUIRE_HASHES_KEY,
  REQUIRE_PINNED_KEY,
  SDIST_CONTEXT_KEY,
  PHASE_KEY,
];

/** A key with the name of this library in front; another package may have a longer name. */
const isOurs = (key: string): boolean => /^cdk-lambda-python(?![\w-])/i.test(key);

/** What follows the name of this library, so that two short keys are not alike by it. */
const ownPart = (key: string): string => key.slice('cdk-lambda-python:'.length);

const expected = (key: string): string => {
  const near = nearest(ownPart(key), KEYS.map(ownPart));
  const others =
    near === undefined
      ? `, only ${KEYS.join(', ')}`
      : `; perhaps ${KEYS.filter((known) => ownPart(known) === near).join('')} is meant`;
  return `left out: cdk-lambda-python has no such key${others}`;
};

/** No context can be set where a scope has children: what was found for the first function of a scope holds for the others. */
const found = new WeakMap<IConstruct, readonly PlanError[]>();

/** Context keys that nothing reads. A policy of a company that is misspelled would be off in silence. */
export const unknownKeys = (scope: IConstruct): readonly PlanError[] => {
  const known = found.get(scope);
  if (known !== undefined) return known;
  const context = scope.node.getAllContext() as Readonly<Record<string, unknown>>;
  const errors = Object.keys(context)
    .filter((key) => isOurs(key) && !KEYS.includes(key) && context[key] !== undefined)
    .map((key): PlanError => invalidKey(key, kindOf(context[key]), expected(key)));
  found.set(scope, errors);
  return errors;
};
