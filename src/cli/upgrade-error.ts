import * as fs from 'node:fs';
import { parse } from 'smol-toml';
import { normalizeName } from '../plan/packaging/requirement/package-name';

type Upgrade = true | readonly string[] | undefined;

const isFile = (name: string): boolean => fs.statSync(name, { throwIfNoEntry: false })?.isFile() === true;

/**
 * The error that `--upgrade` took a file for a name, as in `lock --upgrade idna requirements.txt`; undefined without
 * one.
 */
export const swallowedFile = (upgrade: Upgrade): string | undefined => {
  const names = Array.isArray(upgrade) ? (upgrade as readonly string[]) : [];
  const file = names.find(isFile);
  if (file === undefined) return undefined;
  const command = ['lock', file, '--upgrade', ...names.filter((name) => name !== file)].join(' ');
  return `--upgrade takes names of packages, and ${file} is a file. Put the file first: \`${command}\`.`;
};

const namesIn = (lock: string): readonly string[] => {
  const { packages } = parse(lock);
  return (Array.isArray(packages) ? packages : []).flatMap((entry: unknown) => {
    const name = typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : undefined;
    return typeof name === 'string' ? [normalizeName(name)] : [];
  });
};

/** Whether one name may be meant by the other: one begins like the other. */
const isNear = (a: string, b: string): boolean =>
  a.includes(b) || b.includes(a) || a.slice(0, 2) === b.slice(0, 2);

/** The error that a name is not in the lock; undefined if all names are, or there is no lock yet. */
export const unknownUpgrade = (upgrade: Upgrade, file: string): string | undefined => {
  if (!Array.isArray(upgrade) || !fs.existsSync(file)) return undefined;
  const known = namesIn(fs.readFileSync(file, 'utf8'));
  const unknown = (upgrade as readonly string[]).find((name) => !known.includes(normalizeName(name)));
  if (unknown === undefined) return undefined;
  const near = known.filter((name) => isNear(name, normalizeName(unknown)));
  const like = near.length === 0 ? '' : ` Names like it: ${near.slice(0, 5).join(', ')}.`;
  return `${file} has no package ${unknown}, so nothing was upgraded.${like}`;
};
