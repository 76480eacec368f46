type ProjectReaders = typeof import('./project-readers-of-all-kinds');

/**
 * What reads locks, projects and scripts, loaded when there is one: a hundred modules, a quarter of the time that this package takes to
 * load, and many apps have requirements files alone.
 */
export const projectReaders = (): ProjectReaders =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import statement would load it at once
  require('./project-readers-of-all-kinds') as ProjectReaders;
