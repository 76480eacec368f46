/** All that is only needed where a lock, a project or a script declares dependencies; see `project-readers.ts`. */
export { localNeeds } from '../packaging/local-needs';
export { localReferences, projectLocals } from './local-references';
export { projectSet } from './project-set';
export { requiredPython } from './required-python';
