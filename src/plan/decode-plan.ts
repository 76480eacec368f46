import { isDeepStrictEqual } from 'node:util';
import * as E from 'fp-ts/Either';
import type { Context, ValidationError } from 'io-ts';
import { BundlePlan } from './bundle-plan';
import { dockerArgv, PLACEHOLDERS } from './docker-argv';
import { hostInstall } from './host-install';
import type { InstallPlan } from './install-plan';
import { hashHolds } from './plan-hash';
import { PIP_IN_CONTAINER } from './plan-install';
import { platformTags } from './platform-tags';
import type { PythonRuntime } from './python-runtime';
import { findRuntime } from './python-runtime';

/** A field of a plan that is not as it must be. */
export interface PlanFieldError {
  /** JSON pointer (RFC 6901) of the field; the empty text is the whole plan. */
  readonly path: string;
  readonly message: string;
}

const PLAN_VERSION = 1;

const pointer = (keys: readonly string[]): string =>
  keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The keys that lead to a value: a union's own step is its member's number, which is no key of the data. */
const dataKeys = (context: Context): readonly string[] =>
  context.filter((_, index) => index > 0 && !isUnion(context[index - 1])).map(({ key }) => key);

const isUnion = (entry: Context[number] | undefined): boolean =>
  (entry?.type as { readonly _tag?: string } | undefined)?._tag === 'UnionType';

const brief = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

const fieldError = ({ context, value }: ValidationError): PlanFieldError => {
  const expected = context.at(-1)?.type.name ?? '';
  return {
    path: pointer(dataKeys(context)),
    message: expected === 'never' ? 'unknown field' : `expected ${expected}, got ${brief(value)}`,
  };
};

const wrong = (holds: boolean, path: string, message: string): readonly PlanFieldError[] =>
  holds ? [] : [{ path, message }];

/**
 * What shapes cannot say. Every argument vector is derived from other fields, so it must be the one they give:
 * a plan cannot carry a command of its own.
 */
const inconsistencies = (plan: BundlePlan): readonly PlanFieldError[] => {
  const runtime = findRuntime(plan.runtime.name);
  return [
    ...wrong(hashHolds(plan), '/hash/asset', 'is not the hash of the sources'),
    ...wrong(
      (plan.install === null) === (plan.hash.dependencies === null),
      '/hash/dependencies',
      'must be there exactly where there is an install',
    ),
    ...repeated(plan.sources).flatMap((path) => wrong(false, '/sources', `has ${brief(path)} twice`)),
    ...wrong(
      plan.sources.some(({ path }) => path === plan.entry.path),
      '/entry/path',
      'is not one of the sources',
    ),
    ...(runtime === undefined
      ? wrong(false, '/runtime/name', `${brief(plan.runtime.name)} is not a Python runtime`)
      : [
          ...wrong(
            isDeepStrictEqual(plan.runtime.platformTags, platformTags(runtime, plan.runtime.architecture)),
            '/runtime/platformTags',
            'are not those of the runtime',
          ),
          ...(plan.install === null ? [] : installInconsistencies(plan.install, plan, runtime)),
        ]),
  ];
};

const installInconsistencies = (
  { host, docker, inputs }: InstallPlan,
  { image, runtime }: BundlePlan,
  pythonRuntime: PythonRuntime,
): readonly PlanFieldError[] => [
  ...wrong(
    isDeepStrictEqual(host, hostInstall(pythonRuntime, runtime.architecture, host.localPackages)),
    '/install/host',
    'is not what the runtime and the local packages give',
  ),
  ...wrong(
    isDeepStrictEqual(docker.command, PIP_IN_CONTAINER),
    '/install/docker/command',
    'is not the install command',
  ),
  ...wrong(docker.image === image, '/install/docker/image', 'is not the image of the plan'),
  ...wrong(
    isDeepStrictEqual(docker.argv, dockerArgv(docker, PLACEHOLDERS)),
    '/install/docker/argv',
    'is not the argv that the other fields give',
  ),
  ...repeated(inputs).flatMap((path) => wrong(false, '/install/inputs', `has ${brief(path)} twice`)),
];

const repeated = (files: readonly { readonly path: string }[]): readonly string[] => {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { path } of files) (seen.has(path) ? twice : seen).add(path);
  return [...twice];
};

const versionError = (value: unknown): PlanFieldError | undefined => {
  const version =
    typeof value === 'object' && value !== null ? (value as { version?: unknown }).version : undefined;
  return typeof version === 'number' && version !== PLAN_VERSION
    ? {
        path: '/version',
        message: `this plan has version ${version}, this library reads version ${PLAN_VERSION}: run the version of the library that made it`,
      }
    : undefined;
};

/**
 * Reads a plan from parsed JSON. Whatever is wrong is told by the path of every field that is; nothing is dropped,
 * mended or run.
 *
 * @since 0.1.0
 */
export const decodePlan = (value: unknown): E.Either<readonly PlanFieldError[], BundlePlan> => {
  const other = versionError(value);
  if (other !== undefined) return E.left([other]);
  const decoded = BundlePlan.decode(value);
  if (E.isLeft(decoded)) return E.left(distinct(decoded.left.map(fieldError)));
  const found = inconsistencies(decoded.right);
  return found.length === 0 ? decoded : E.left(found);
};

const distinct = (errors: readonly PlanFieldError[]): readonly PlanFieldError[] => [
  ...new Map(errors.map((error) => [`${error.path}\0${error.message}`, error])).values(),
];

/** The errors as lines, one a field. */
export const showPlanFieldErrors = (errors: readonly PlanFieldError[]): string =>
  errors.map(({ path, message }) => `${path === '' ? 'the plan' : path}: ${message}`).join('\n');
