import * as path from 'node:path';
import { temporaryFolder, writeTree } from './temporary';

const repository = path.resolve(__dirname, '../..');

/** An app with a function, another whose modules are in a layer, and a layer; all with the same variables and hooks. */
const APP = `
const [repository, sources, outdir] = process.argv.slice(2);
const bundling = require('node:fs').readFileSync(0, 'utf8');
const { App, Stack } = require(repository + '/node_modules/aws-cdk-lib');
const { PythonFunction, PythonLayerVersion, Runtime } = require(repository + '/src/construct/index');
const app = new App({ outdir, context: { 'cdk-lambda-python:runtime': 'python3.11' } });
const stack = new Stack(app, 'Stack');
const { hooks = [], ...options } = JSON.parse(bundling);
const commandHooks = { beforeBundling: () => hooks, afterBundling: () => [] };
const all = { ...options, ...(hooks.length === 0 ? {} : { commandHooks }) };
new PythonFunction(stack, 'One', { entry: sources, bundling: all });
if (hooks.length === 0) {
  new PythonFunction(stack, 'Two', { entry: sources, bundling: { ...all, dependencies: 'layer' } });
  new PythonLayerVersion(stack, 'Three', { entry: sources, compatibleRuntimes: [Runtime.PYTHON_3_11], bundling: all });
}
app.synth();
`;

/** The command that synthesizes it into a folder; it reads `bundling` as JSON from its standard input. */
export const secretApp = (sources: string, outdir: string): readonly string[] => {
  const folder = temporaryFolder();
  writeTree(folder, { 'app.js': APP });
  const loader = require.resolve('tsx/cjs');
  const app = path.join(folder, 'app.js');
  return [process.execPath, '--require', loader, app, repository, sources, outdir];
};
