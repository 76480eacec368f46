/**
 * The first look: synthesizes the example app, shows each function's plan and bundle, and lets this machine's Python
 * call the handlers. Needs Node.js and Python 3 with pip or uv; no Docker, no AWS account.
 */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App } from 'aws-cdk-lib';
import { PythonFunction } from 'cdk-lambda-python';
import { renderPlan } from 'cdk-lambda-python/plan';
import { GreetingStack } from './app/lib/stack';

/** Unpacks a bundle as Lambda does, and calls its handler. */
const CALL = `
import importlib, json, sys, tempfile, zipfile
bundle, handler, event = sys.argv[1:]
folder = tempfile.TemporaryDirectory()
with zipfile.ZipFile(bundle) as archive:
    archive.extractall(folder.name)
sys.path.insert(0, folder.name)
sys.dont_write_bytecode = True
module, function = handler.rsplit(".", 1)
print(json.dumps(getattr(importlib.import_module(module), function)(json.loads(event), None)))
`;

const EVENTS: Readonly<Record<string, object>> = {
  hello: { name: 'Lambda' },
  table: { rows: [{ name: 'Ada', year: 1815 }] },
  Slugs: { title: 'Crème brûlée, très bon!' },
};

const heading = (text: string): void =>
  console.log(`\n\u2500\u2500 ${text} ${'\u2500'.repeat(Math.max(3, 90 - text.length))}`);

const LIST = `
import sys, zipfile
names = zipfile.ZipFile(sys.argv[1]).namelist()
print(*sorted({name.split("/")[0] + ("/" if "/" in name else "") for name in names}), sep="  ")
`;

const contents = (bundle: string): string =>
  `${path.basename(bundle)}, ${(fs.statSync(bundle).size / 1024).toFixed(0)} kB: ${python(LIST, bundle)}`;

const python = (script: string, ...argv: readonly string[]): string => {
  const { status, stdout, stderr, error } = spawnSync('python3', ['-I', '-c', script, ...argv], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`python3 failed:\n${error?.message ?? stderr}`);
  return stdout.trim();
};

const main = (): void => {
  const outdir = path.join(__dirname, 'app', 'cdk.out');
  const app = new App({ outdir, context: { 'cdk-lambda-python:runtime': 'python3.13' } });
  const stack = new GreetingStack(app, 'Greeting');
  console.log('Synthesizing examples/app/lib/stack.ts …');
  app.synth();

  for (const fn of stack.node.children.filter((child) => child instanceof PythonFunction)) {
    const plan = PythonFunction.planOf(fn);
    const id = path.basename(plan.label);
    heading(`${plan.label}: the plan`);
    console.log(renderPlan(plan));
    heading(`${plan.label}: the bundle`);
    console.log(contents(plan.output.path));
    heading(`${plan.label}: the handler's answer to ${JSON.stringify(EVENTS[id])}`);
    console.log(python(CALL, plan.output.path, plan.handler ?? '', JSON.stringify(EVENTS[id] ?? {})));
  }
  console.log(
    `\nThe cloud assembly is in ${path.relative(process.cwd(), outdir)}; "cdk deploy" would upload it.`,
  );
};

try {
  main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
