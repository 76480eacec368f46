/** The app that is timed: `node synth.js plain|ours|alpha`, with `cdk.out` in the current folder. */
import { App } from 'aws-cdk-lib';
import { readSpec } from './spec';
import { addStacks } from './stacks';

const app = new App({ outdir: 'cdk.out' });
addStacks(app, readSpec(), process.argv[2]);
app.synth();
