import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { WHY_NO_PLAN, decodePlan, showPlanFieldErrors } from '../../plan/decode/decode-plan';
import { byText } from '../../plan/values/hash';
import type { CarriedPlan } from './carry-plan';
import { CARRIED } from './carry-plan';
import { reasonOf } from '../files/file-kind';
import { readTextBytes } from '../files/read-text';
import * as t from 'io-ts';
import { EnvironmentName, closed } from '../../plan/values/codecs';
import type { PlanFieldError } from '../../plan/values/field-error';
import { fieldErrorOf } from '../../plan/values/field-error';

/** The folder of plans in an assembly. */
export const carriedIn = (assembly: string): string => path.join(assembly, CARRIED);

/** Whether a path is the folder of an assembly with plans. */
export const isAssembly = (folder: string): boolean => fs.existsSync(carriedIn(folder));

/** The carried plan in a file, or the reason why the file is not one. */
export const readCarriedPlan = (file: string): E.Either<string, CarriedPlan> => {
  try {
    const decoded = decodeCarriedPlan(JSON.parse(readTextBytes(file).toString()));
    return E.isLeft(decoded)
      ? E.left(`${file} is not a plan that can be run:\n${showPlanFieldErrors(decoded.left)}\n${WHY_NO_PLAN}`)
      : decoded;
  } catch (error) {
    return E.left(
      error instanceof SyntaxError
        ? `${file} is not a plan that can be run: it is not JSON`
        : `Cannot read the plan ${file}: ${reasonOf(error)}`,
    );
  }
};

/**
 * All plans of a cloud assembly, ordered by hash, or all errors in them. An assembly keeps the files of earlier
 * syntheses, so only plans that one of its asset manifests names are given.
 */
export const readAssembly = (assembly: string): E.Either<readonly string[], readonly CarriedPlan[]> => {
  const folder = carriedIn(assembly);
  const wanted = assetsOf(assembly);
  const names = listed(folder).filter(
    (name) => name.endsWith('.json') && wanted.has(name.slice(0, -'.json'.length)),
  );
  if (names.length === 0) {
    return E.left([
      `${assembly} has no plans: no asset manifest of the assembly names one in ${folder}. Synthesize with the context cdk-lambda-python:phase=publish.`,
    ]);
  }
  const read = [...names].sort(byText).map((name) => readCarriedPlan(path.join(folder, name)));
  const wrong = read.flatMap((one) => (E.isLeft(one) ? [one.left] : []));
  return wrong.length > 0
    ? E.left(wrong)
    : E.right(read.flatMap((one) => (E.isRight(one) ? [one.right] : [])));
};

/** Names of all file assets in the manifests of an assembly, including nested assemblies. */
const assetsOf = (assembly: string): ReadonlySet<string> =>
  new Set(
    listed(assembly).flatMap((name) =>
      name.endsWith('.assets.json')
        ? assetsIn(path.join(assembly, name))
        : name.startsWith('assembly-')
          ? [...assetsOf(path.join(assembly, name))]
          : [],
    ),
  );

const assetsIn = (file: string): readonly string[] => {
  try {
    const { files } = JSON.parse(readTextBytes(file).toString()) as { readonly files?: object };
    return Object.keys(files ?? {});
  } catch {
    return [];
  }
};

const listed = (folder: string): readonly string[] => {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
};

const Envelope = closed({ plan: t.unknown, variables: t.readonlyArray(EnvironmentName) }, 'CarriedPlan');

/** A file of a cloud assembly as a plan that can be run, or all its errors. */
export const decodeCarriedPlan = (value: unknown): E.Either<readonly PlanFieldError[], CarriedPlan> => {
  const envelope = Envelope.decode(value);
  if (E.isLeft(envelope)) return E.left(envelope.left.map(fieldErrorOf));
  const plan = decodePlan(envelope.right.plan);
  return E.isLeft(plan)
    ? E.left(plan.left.map(({ path, message }) => ({ path: `/plan${path}`, message })))
    : E.right({ plan: plan.right, variables: envelope.right.variables });
};
