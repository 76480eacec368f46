import type { PythonImport } from '../python-source/import-statement';
import { distributionOf, isKnownDistribution } from './distribution-of';

type Asked = Pick<PythonImport, 'module' | 'names'>;

/** Namespaces that distributions of many projects share. Only a longer name distinguishes these. */
const SHARED = new Set(['azure', 'backports', 'google', 'jaraco', 'zope']);

/** Names with fewer characters are part of too many others. */
const SHORTEST = 3;

const compact = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '');

/** The dotted names under which {@link distributionOf} may know an import. */
const dottedOf = ({ module, names }: Asked): readonly string[] => [
  module,
  ...names.map((name) => `${module}.${name}`),
];

/** Whether the distribution that provides an import is known. */
export const isSettled = (imported: Asked): boolean =>
  dottedOf(imported).some((name) => distributionOf(name) !== undefined);

/** The distributions whose modules are not known. */
export const unsettled = (distributions: readonly string[]): readonly string[] =>
  distributions.filter((name) => !isKnownDistribution(name));

/**
 * Whether one of these distributions may provide an import whose distribution is not known: one name is part of the
 * other, as in `foo` and `python-foo`, or `grpc` and `grpcio`.
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
