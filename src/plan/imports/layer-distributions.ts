import type { PythonImport } from '../python-source/import-statement';
import { distributionOf } from './distribution-of';

/** Distributions that are another form of one: `psycopg2-binary` has the modules of `psycopg2`, and `faiss-gpu` those of `faiss-cpu`. */
const FORM = /_(?:binary|headless|cpu|gpu)$/;

export const plainName = (name: string): string =>
  name.toLowerCase().replace(/\[.*/, '').replace(/[-.]+/g, '_').replace(FORM, '');

/**
 * Whether layers have what an import asks for. What a layer installs is known by the names of distributions, and `yaml` is in
 * `PyYAML`.
 *
 * @param names of modules and distributions, as a request has them in `layerModules`
 */
export const inLayers = (
  names: readonly string[],
): ((imported: Pick<PythonImport, 'module' | 'names'>) => boolean) => {
  const plain = new Set(names.map(plainName));
  return ({ module, names: parts }) => {
    const [top = ''] = module.split('.');
    return (
      names.includes(top) ||
      [module, ...parts.map((part) => `${module}.${part}`)].some((dotted) => {
        const distribution = distributionOf(dotted);
        return distribution !== undefined && plain.has(plainName(distribution));
      })
    );
  };
};
