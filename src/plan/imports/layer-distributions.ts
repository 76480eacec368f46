import type { PythonImport } from '../python-source/import-statement';
import { distributionOf } from './distribution-of';

/** Suffixes of distributions with the same modules: `psycopg2-binary` and `psycopg2`, `faiss-gpu` and `faiss-cpu`. */
const FORM = /_(?:binary|headless|cpu|gpu)$/;

export const plainName = (name: string): string =>
  name.toLowerCase().replace(/\[.*/, '').replace(/[-.]+/g, '_').replace(FORM, '');

/**
 * Whether layers provide an import. A layer's installed modules are known by their distributions: `PyYAML` provides
 * `yaml`.
 *
 * @param names names of modules and distributions: a request's `layerModules`
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
