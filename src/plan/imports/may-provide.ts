import type { PythonImport } from '../python-source/import-statement';
import { distributionOf, isKnownDistribution } from './distribution-of';

type Asked = Pick<PythonImport, 'module' | 'names'>;

/** Namespaces that distributions of many projects share: only a longer name tells them apart. */
const SHARED = new Set(['azure', 'backports', 'google', 'jaraco', 'zope']);

/** Shorter names are part of too many others. */
const SHORTEST = 3;

const compact = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '');

/** The modules of an import, as a table of distributions has them. */
const dottedOf = ({ module, names }: Asked): readonly string[] => [
  module,
  ...names.map((name) => `${module}.${name}`),
];

/** Whether it is known which distribution provides an import. */
export const isSettled = (imported: Asked): boolean =>
  dottedOf(imported).some((name) => distributionOf(name) !== undefined);

/** Those of distributions whose modules are not known. */
export const unsettled = (distributions: readonly string[]): readonly string[] =>
  distributions.filter((name) => !isKnownDistribution(name));

/**
 * Whether one of these distributions may provide an import that is in no table: one name is part of the other, as `foo` of
 * `python-foo`, and `grpc` of `grpcio`.
 *
 * @param distributions normalized names
 */
export const mayProvide = (distributions: readonly string[]): ((imported: Asked) => boolean) => {
  const open = unsettled(distributions)
    .map(compact)
    .filter((name) => name.length >= SHORTEST);
  return (imported) => {
    if (isSettled(imported)) return false;
    const [top = ''] = imported.module.split('.');
    if (SHARED.has(top))
      return dottedOf(imported).some((name) => open.some((one) => compact(name).includes(one)));
    const name = compact(top);
    return name.length >= SHORTEST && open.some((one) => one.includes(name) || name.includes(one));
  };
};
