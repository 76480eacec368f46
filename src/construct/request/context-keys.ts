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

/** Whether a key begins with the name of this library; another package may have a longer name. */
const isOurs = (key: string): boolean => /^cdk-lambda-python(?![\w-])/i.test(key);

/** The part after the name of this library: with the name, any two short keys would be similar. */
const ownPart = (key: string): string => key.slice('cdk-lambda-python:'.length);

const expected = (key: string): string => {
  const near = nearest(ownPart(key), KEYS.map(ownPart));
  const others =
    near === undefined
      ? `, only ${KEYS.join(', ')}`
      : `; perhaps ${KEYS.filter((known) => ownPart(known) === near).join('')} is meant`;
  return `left out: cdk-lambda-python has no such key${others}`;
};

/**
 * CDK allows no new context in a scope with children, so the errors found for the first function of a scope hold for
 * the others.
 */
const found = new WeakMap<IConstruct, readonly PlanError[]>();

/** Errors for unknown context keys: a misspelled company policy would silently be off. */
export const unknownKeys = (scope: IConstruct): readonly PlanError[] => {
  const known = found.get(scope);
  if (known !== undefined) return known;
  const context = scope.node.getAllContext() as Readonly<Record<string, unknown>>;
  const errors = Object.keys(context)
    .filter((key) => isOurs(key) && !KEYS.includes(key) && context[key] !== undefined)
    // The value of an unknown key may be anything.
    .map((key): PlanError => invalidKey(key, kindOf(context[key]), expected(key)));
  found.set(scope, errors);
  return errors;
};
