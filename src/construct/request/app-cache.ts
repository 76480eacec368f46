import { Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { hashing } from '../../exec/files/digests';
import { keptDigests } from '../../exec/survey/kept-digests';
import { keptOuterImports } from '../../exec/survey/kept-imports';
import { storeFolder } from '../../exec/store/store';
import type { SurveyMemory } from '../../exec/survey/survey-memory';
import { surveyMemory } from '../../exec/survey/survey-memory';
import { attempt } from './source-map';

interface AppMemory {
  readonly memory: SurveyMemory;
  readonly save: () => void;
}

const memories = new WeakMap<IConstruct, AppMemory>();

/** The files that were read for the construct's app. Another app reads the disk again: files may have changed. */
export const memoryOf = ({ node: { root } }: IConstruct): SurveyMemory => {
  const known = memories.get(root) ?? appMemory(Stage.of(root)?.outdir ?? '');
  memories.set(root, known);
  return known.memory;
};

/** Keeps the imports that were read for the next run of the app, once for all functions. */
export const saveMemory = ({ node: { root } }: IConstruct): void => memories.get(root)?.save();

/** Without a home folder there is no store. The step that needs one reports it. */
const appMemory = (output: string): AppMemory => {
  const store = attempt(() => storeFolder(process.env, process.platform));
  if (store === undefined) return { memory: surveyMemory(hashing), save: () => undefined };
  const outerImports = keptOuterImports(store, output);
  return { memory: surveyMemory(keptDigests(store), outerImports), save: outerImports.save };
};
