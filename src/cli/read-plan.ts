import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import * as E from 'fp-ts/Either';
import { reasonOf } from '../exec/files/file-kind';
import type { BundlePlan } from '../plan/model/bundle-plan';
import { decodePlan, showPlanFieldErrors, WHY_NO_PLAN } from '../plan/decode/decode-plan';

/** More than the plan of a bundle with as many files as a zip may have. A larger text would only fill the memory. */
const MOST_BYTES = 32 * 1024 * 1024;

/** The text of a file, or of standard input for `-`, that may be a plan; on the left the reason why it is not. */
export const readPlanText = async (file: string): Promise<E.Either<string, string>> => {
  try {
    const text = await readAll(file === '-' ? process.stdin : createReadStream(file));
    return text === undefined
      ? E.left(`${file} has more than ${MOST_BYTES / 1024 / 1024} MB, too much for a plan.`)
      : E.right(text);
  } catch (error) {
    return E.left(`Cannot read the plan ${file}: ${reasonOf(error)}.`);
  }
};

/** Reads a plan from a file, or from standard input for `-`; on the left the reason why it is not a plan. */
export const readPlan = async (file: string): Promise<E.Either<string, BundlePlan>> => {
  const text = await readPlanText(file);
  if (E.isLeft(text)) return text;
  const value = parse(text.right);
  if (value === undefined)
    return E.left(`${file} is not JSON. "cdk-lambda-python plan FILE --json" prints a plan.`);
  const plan = decodePlan(value);
  return E.isLeft(plan)
    ? E.left(`${file} is not a plan that can be run:\n${showPlanFieldErrors(plan.left)}\n${WHY_NO_PLAN}`)
    : plan;
};

/** The text of a stream; undefined if it is too long or endless. */
const readAll = async (stream: Readable): Promise<string | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MOST_BYTES) return undefined;
  }
  return Buffer.concat(chunks).toString('utf8');
};

/** The value of a JSON text; undefined if the text is not JSON. */
export const parse = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};
