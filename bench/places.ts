import * as path from 'node:path';

export const repository = path.resolve(__dirname, '..');

/** Ignored by git; removing it is always safe, and makes the next run install its tools again. */
export const cache = path.join(repository, '.cache', 'bench');

/** Where the apps are, compiled. Below the repository, so that they find its aws-cdk-lib, and this package itself. */
export const compiledApps = path.join(cache, 'apps');

/** The projects that are built, by workload and contender. */
export const projects = path.join(cache, 'projects');

/** Package caches of uv and pip of the benchmark's own: warm ones, on the same file system as what is built. */
export const packageCaches = path.join(cache, 'package-caches');

/** What npm installed of others. */
export const npmModules = path.join(cache, 'npm', 'node_modules');
