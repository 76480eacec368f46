import type { PlaceDigest } from '../../plan/model/declared-content';
import { areAsDeclared } from '../../plan/variables/declared-variables';
import { byText } from '../../plan/values/hash';
import type { InstallPlan } from '../../plan/model/install-plan';
import { indexesInVariables } from '../../plan/declarations/line-checks/named-indexes';
import type { ExecutionError } from '../errors/execution-error';
import { isThere } from '../files/file-kind';
import { homeOf } from '../files/home';
import type { PlaceRules } from './read-place';
import { INDEX_RULES, MOUNT_RULES, readPlace } from './read-place';

type Values = Readonly<Record<string, string | undefined>>;

/** The error if variables have other values than when the plan was made. It has no values. */
export const changedVariables = (install: InstallPlan | null, values: Values): ExecutionError | undefined => {
  const declared = install?.declared.variables ?? null;
  return declared === null || areAsDeclared(declared, values)
    ? undefined
    : { _tag: 'VariablesChanged', names: declared.names };
};

const changed =
  (rules: PlaceRules) =>
  ({ path, digest }: PlaceDigest): boolean =>
    readPlace(path, rules).digest !== digest;

/** The first changed place that a variable names; compared by digests, because a plan has no paths from variables. */
const changedByVariable = ({ declared }: InstallPlan, values: Values): string | undefined => {
  const planned = declared.indexes.flatMap(({ path, digest }) => (path === null ? digest : []));
  if (planned.length === 0) return undefined;
  const names = declared.variables?.names ?? [];
  const places = indexesInVariables(Object.fromEntries(names.map((name) => [name, values[name]])), homeOf());
  const written = declared.indexes.map(({ path }) => path);
  const now = [...new Set(places)]
    .filter((place) => isThere(place) && !written.includes(place))
    .map((place) => readPlace(place, INDEX_RULES));
  const isSame =
    JSON.stringify([...planned].sort(byText)) ===
    JSON.stringify(now.map(({ digest }) => digest ?? '').sort(byText));
  if (isSame) return undefined;
  const other = now.find(({ digest }) => digest === null || !planned.includes(digest));
  return other?.path ?? 'A package index that a variable names';
};

/** The first local index or volume that has changed since it was planned. */
const changedPlace = (install: InstallPlan, values: Values): string | undefined => {
  const { indexes, mounts } = install.declared;
  const written = indexes.flatMap(({ path, digest }) => (path === null ? [] : { path, digest }));
  return (
    written.find(changed(INDEX_RULES))?.path ??
    (install.executor === 'host' ? [] : mounts).find(changed(MOUNT_RULES))?.path ??
    changedByVariable(install, values)
  );
};

/**
 * The error if the variables, local indexes or volumes of a plan have changed: the store would keep the bundle under
 * the hash of another.
 */
export const notAsDeclared = (install: InstallPlan, values: Values): ExecutionError | undefined => {
  const path = changedPlace(install, values);
  return (
    changedVariables(install, values) ?? (path === undefined ? undefined : { _tag: 'PlaceChanged', path })
  );
};
