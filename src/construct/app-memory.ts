import type { IConstruct } from 'constructs';
import { hashing } from '../exec/digests';
import type { Digests } from '../exec/digests';
import { keptDigests } from '../exec/kept-digests';
import { storeFolder } from '../exec/store';
import type { SurveyMemory } from '../exec/survey-memory';
import { surveyMemory } from '../exec/survey-memory';
import { attempt } from './source-map';

const memories = new WeakMap<IConstruct, SurveyMemory>();

/** What was read for the app that a construct is in. Another app looks at the disk anew: files may have changed. */
export const memoryOf = (construct: IConstruct): SurveyMemory => {
  const { root } = construct.node;
  const memory = memories.get(root) ?? surveyMemory(liveDigests());
  memories.set(root, memory);
  return memory;
};

/** A user without a home folder has no store, which is told of where one is needed. */
const liveDigests = (): Digests => {
  const store = attempt(() => storeFolder(process.env, process.platform));
  return store === undefined ? hashing : keptDigests(store);
};
