import type { TargetRuntime } from '../../../src/plan/model/bundle-plan';

/** Python 3.11 on x86_64. */
export const PYTHON_3_11: TargetRuntime = {
  name: 'python3.11',
  source: 'prop',
  python: '3.11',
  architecture: 'x86_64',
  glibc: '2.26',
  platformTags: ['manylinux_2_26_x86_64'],
};
