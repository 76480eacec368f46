import { isLeft } from 'fp-ts/Either';
import { showSize } from '../exec/store/amounts';
import { findBundles } from '../exec/verify/find-bundles';
import { plainProgress } from '../exec/process/progress';
import type { FileFault } from '../exec/errors/file-fault';
import type { BundleVerified } from '../exec/verify/verify-bundle';
import { verifyBundle } from '../exec/verify/verify-bundle';
import { fail } from './fail';

interface VerifyOptions {
  readonly manifest?: string;
  readonly json?: true;
}

/** Compares finished bundles with their manifests, and reports every file that differs. */
export const verifyCommand = async (
  places: readonly string[],
  { manifest, json }: VerifyOptions,
): Promise<void> => {
  if (manifest !== undefined && places.length !== 1) {
    fail([`--manifest belongs to one bundle, but ${places.length} were named.`]);
    return;
  }
  const found = places.map((place) => findBundles(place, manifest));
  const messages = found.flatMap((one) => (isLeft(one) ? one.left : []));
  const bundles = found.flatMap((one) => (isLeft(one) ? [] : one.right));
  const progress = plainProgress((line) => process.stderr.write(line));
  progress.start('verify', `verifying ${counted(bundles.length, 'bundle')}`);
  const verified: BundleVerified[] = [];
  for (const { bundle, manifest: beside } of bundles) verified.push(await verifyBundle(bundle, beside));
  progress.close();
  if (json) process.stdout.write(`${JSON.stringify(verified, null, 2)}\n`);
  else verified.forEach((one) => process.stdout.write(`${render(one)}\n`));
  const broken = verified.filter((one) => !isWhole(one));
  const others =
    broken.length > 0 ? [`${counted(broken.length, 'bundle')} of ${verified.length} not as made`] : [];
  if (messages.length + others.length > 0) fail([...messages, ...others]);
};

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const isWhole = ({ faults, unreadable }: BundleVerified): boolean =>
  faults.length === 0 && unreadable === null;

/** A path may contain control sequences of a terminal. */
const shown = (path: string): string =>
  /[\u0000-\u001f\u007f-\u009f]/.test(path) ? JSON.stringify(path) : path;

const TITLES: Readonly<Record<FileFault['_tag'], string>> = {
  Missing: 'missing',
  Added: 'added',
  Changed: 'changed',
  Mode: 'of another mode',
};

const faultLine = (fault: FileFault): string => {
  const path = shown(fault.path);
  switch (fault._tag) {
    case 'Missing':
      return `  missing  ${path}`;
    case 'Added':
      return `  added    ${path}`;
    case 'Changed':
      return `  changed  ${path}: ${fault.what}`;
    case 'Mode':
      return `  mode     ${path}: is ${fault.found}, not ${fault.expected}`;
  }
};

/** The numbers first, then each file. */
const render = ({ bundle, faults, files, bytes, unreadable }: BundleVerified): string => {
  const name = shown(bundle);
  if (unreadable !== null) return [`${name}: ${unreadable}`, ...faults.map(faultLine)].join('\n');
  if (faults.length === 0) return `${name}: ${counted(files, 'file')}, ${showSize(bytes)}, as made`;
  const counts = Object.entries(TITLES).flatMap(([tag, title]) => {
    const count = faults.filter(({ _tag }) => _tag === tag).length;
    return count === 0 ? [] : `${count} ${title}`;
  });
  return [`${name}: ${counts.join(', ')}`, ...faults.map(faultLine)].join('\n');
};
