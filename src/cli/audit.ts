import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import type { Audit } from '../exec/audit';
import { audit } from '../exec/audit';
import { carriedFile } from '../exec/assembly/carry-plan';
import { carriedIn, isAssembly, readAssembly } from '../exec/assembly/read-assembly';
import type { Store } from '../exec/store/store';
import { liveStore } from '../exec/batch/live-store';
import { showFinding } from '../plan/show/audited-lines';
import type { BundlePlan } from '../plan/model/bundle-plan';
import { decodePlan, showPlanFieldErrors } from '../plan/decode/decode-plan';
import { fail } from './fail';
import { planFile } from './plan';
import { parse, readPlanText } from './read-plan';
import type { RequestOptions } from './request';
import { readTextBytes } from '../exec/files/read-text';

/** The allowed indexes and the form of the output. */
interface AuditOptions extends RequestOptions {
  readonly allowIndex: readonly string[];
  readonly json?: true;
  readonly warnOnly?: true;
}

/** Lists packages without a hash, without a version, or from an index that is not allowed; of plans, or of entries. */
export const auditCommand = async (files: readonly string[], options: AuditOptions): Promise<void> => {
  const store = liveStore({ environment: process.env, platform: process.platform });
  const audits: Audit[] = [];
  for (const file of files) {
    if (isAssembly(file)) {
      audits.push(...auditAssembly(path.resolve(file), options, store));
      continue;
    }
    const plan = await planOf(file, options);
    if (plan !== undefined) audits.push(audit(plan, options.allowIndex, store));
  }
  if (process.exitCode !== undefined) return;
  const count = audits.reduce((sum, { findings }) => sum + findings.length, 0);
  process.stdout.write(options.json ? `${JSON.stringify(audits, null, 2)}\n` : render(audits, count));
  if (count > 0 && options.warnOnly !== true) process.exitCode = 1;
};

/** Audits all plans of a cloud assembly. The files that their installers read lie beside them. */
const auditAssembly = (assembly: string, { allowIndex }: AuditOptions, store: Store): readonly Audit[] => {
  const carried = readAssembly(assembly);
  if (isLeft(carried)) {
    fail(carried.left);
    return [];
  }
  const folder = carriedIn(assembly);
  return carried.right.map(({ plan }) =>
    audit(plan, allowIndex, store, ({ digest }) => readTextBytes(carriedFile(folder, digest))),
  );
};

/** A file that ends in `.json` is a printed plan; every other file is an entry. */
const planOf = async (file: string, options: RequestOptions): Promise<BundlePlan | undefined> => {
  if (file !== '-' && !file.endsWith('.json')) return planFile(file, options);
  const json = await readPlanText(file);
  if (isLeft(json)) {
    fail([json.left]);
    return undefined;
  }
  const value = parse(json.right);
  if (value === undefined) {
    fail([`Cannot read the plan ${file}: it is not JSON.`]);
    return undefined;
  }
  const plan = decodePlan(value);
  if (!isLeft(plan)) return plan.right;
  fail([`${file} is not a plan:\n${showPlanFieldErrors(plan.left)}`]);
  return undefined;
};

const render = (audits: readonly Audit[], count: number): string => {
  const lines = audits.flatMap(({ label, findings, notes }) => [
    ...findings.map((finding) => `${label}: ${showFinding(finding)}`),
    ...notes.map((note) => `${label}: note: ${note}`),
  ]);
  const plans = `${audits.length} ${audits.length === 1 ? 'plan' : 'plans'}`;
  return `${[...lines, count === 0 ? `nothing found in ${plans}` : `${count} found in ${plans}`].join('\n')}\n`;
};
