import * as fs from 'node:fs';
import * as path from 'node:path';
import { carryPlan } from '../../src/exec/assembly/carry-plan';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { bundleName } from '../../src/plan/model/bundle-name';
import { sha256 } from '../../src/plan/values/hash';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { sealed } from './sealed-plan';

type Files = Readonly<Record<string, string | Uint8Array>>;

/**
 * What a stranger hands over: the plan of an ordinary function, whose inputs were replaced by these files. All digests and
 * hashes are made again from them. The first file is the requirements file.
 */
export const foreignPlan = (files: Files, label = 'Stack/Function'): BundlePlan => {
  const folder = folderOf({ 'index.py': HANDLER, 'requirements.txt': 'six==1.16.0\n' });
  const plan = planOf(folder, { label, packaging: 'zip', outputDirectory: path.join(folder, 'cdk.out') });
  const { install } = plan;
  if (install === null) throw new Error('nothing to install');
  const inputs = Object.entries(files).map(([name, content]) => {
    const from = path.join(folder, name);
    fs.mkdirSync(path.dirname(from), { recursive: true });
    fs.writeFileSync(from, content);
    const digest = sha256(content);
    return { path: name, from, digest, hashed: digest, executable: false, edits: [] };
  });
  const [first = ''] = Object.keys(files);
  const changed = { ...install, inputs, requirements: [first], declaration: path.join(folder, first) };
  const made = sealed({ ...plan, install: changed }) as BundlePlan;
  const output = path.join(path.dirname(plan.output.path), bundleName(made.hash.asset, 'zip'));
  return { ...made, output: { ...made.output, path: output } };
};

/** The file of such a plan. */
export const foreignPlanFile = (files: Files): string => {
  const plan = foreignPlan(files);
  const file = path.join(plan.entry.root, 'plan.json');
  fs.writeFileSync(file, JSON.stringify(plan));
  return file;
};

/** A cloud assembly with a plan for each of these, by label. */
export const foreignAssembly = (functions: Readonly<Record<string, Files>>): string => {
  const assembly = path.join(folderOf({}), 'cdk.out');
  const plans = Object.entries(functions).map(([label, files]) => {
    const plan = foreignPlan(files, label);
    const output = { ...plan.output, path: path.join(assembly, path.basename(plan.output.path)) };
    const carried = carryPlan({ plan: { ...plan, output }, variables: [] });
    if (carried._tag === 'Left') throw new Error(JSON.stringify(carried.left));
    fs.rmSync(plan.entry.root, { recursive: true });
    return plan;
  });
  const assets = Object.fromEntries(plans.map(({ hash }) => [hash.asset, {}]));
  fs.writeFileSync(path.join(assembly, 'Stack.assets.json'), JSON.stringify({ files: assets }));
  return assembly;
};
