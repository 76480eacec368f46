import type { IConstruct } from 'constructs';
import type { SurveyMemory } from '../exec/survey-memory';
import { surveyMemory } from '../exec/survey-memory';

const memories = new WeakMap<IConstruct, SurveyMemory>();

/** What was read for the app that a construct is in. Another app looks at the disk anew: files may have changed. */
export const memoryOf = (construct: IConstruct): SurveyMemory => {
  const { root } = construct.node;
  const memory = memories.get(root) ?? surveyMemory();
  memories.set(root, memory);
  return memory;
};
