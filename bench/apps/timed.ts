/**
 * `node timed.js plain|asset|ours`: as `synth.js`, and prints how long the constructors and the synthesis took, without the time in
 * which modules are loaded, the processor's time, and the most memory that the process had.
 */
import { App } from 'aws-cdk-lib';
import { readSpec } from './spec';
import { addStacks, load } from './stacks';

const [, , kind] = process.argv;
const spec = readSpec();
load(kind);
const begin = performance.now();
const app = new App({ outdir: 'cdk.out' });
addStacks(app, spec, kind);
const constructed = performance.now();
app.synth();
const end = performance.now();
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
console.log(
  JSON.stringify({
    construct: (constructed - begin) / 1000,
    synthesize: (end - constructed) / 1000,
    // In KiB on Linux and macOS, as Node.js documents.
    memory: maxRSS * 1024,
    // Of the whole process, the loading of modules included; other work on the machine adds less to it than to the wall time.
    processor: (userCPUTime + systemCPUTime) / 1e6,
  }),
);
