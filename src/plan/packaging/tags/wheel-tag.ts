import { machineOf } from '../../target/architecture';
import type { TargetRuntime } from '../../model/bundle-plan';
import { minorOf } from '../../target/python-runtime';

/** An ABI of Pythons without a global interpreter lock (PEP 703). Lambda has no such Python. */
const FREE_THREADED = /^cp3\d+t$/;

/** A source distribution's file name (PEP 625, and the older forms). */
const SOURCE_DISTRIBUTION = /\.(tar\.gz|tgz|zip|tar\.bz2|tar\.xz)$/;

/** Whether a Python of a minor version takes an interpreter tag with an ABI tag (PEP 425). */
const takes = (minor: number, interpreter: string, abi: string): boolean => {
  const [, name, major, tagged] = /^([a-z]+)(\d)(\d*)$/.exec(interpreter) ?? [];
  if (major !== '3' || (name !== 'py' && name !== 'cp')) return false;
  if (tagged === '' || tagged === undefined) return true;
  return name === 'py' || abi === 'abi3' ? Number(tagged) <= minor : Number(tagged) === minor;
};

/**
 * Whether a wheel's tag fits a runtime (PEP 425): interpreter, ABI, platform.
 *
 * @param loads whether a platform's libraries load there
 */
export const tagFits = (
  tag: string,
  runtime: Pick<TargetRuntime, 'python'>,
  loads: (platform: string) => boolean,
): boolean => {
  const [interpreters = '', abi = '', platforms = ''] = tag.split('-');
  return (
    !FREE_THREADED.test(abi) &&
    interpreters.split('.').some((interpreter) => takes(minorOf(runtime), interpreter, abi)) &&
    platforms.split('.').some(loads)
  );
};

/** The tag of a wheel by its file name (PEP 427): the last three parts; undefined for another file. */
export const wheelTagOf = (file: string): string | undefined => {
  const parts = file.endsWith('.whl') ? file.slice(0, -'.whl'.length).split('-') : [];
  return parts.length < 5 ? undefined : parts.slice(-3).join('-');
};

/** Whether one of the files that a lock lists is a wheel that fits. */
export const hasWheelFor = (files: readonly string[], runtime: TargetRuntime): boolean =>
  files.some((file) => {
    const tag = wheelTagOf(file);
    return (
      tag !== undefined &&
      tagFits(tag, runtime, (platform) => platform === 'any' || runtime.platformTags.includes(platform))
    );
  });

/** Whether one of the files that a lock lists can be installed: a wheel that fits, or a source distribution. */
export const hasFileFor = (files: readonly string[], runtime: TargetRuntime): boolean =>
  files.some((file) => SOURCE_DISTRIBUTION.test(file)) || hasWheelFor(files, runtime);

/**
 * The tag of a wheel file that does not fit a target; undefined for a wheel that fits, and for another
 * file. A wheel for the build machine alone (`linux_x86_64`) may be the user's own.
 */
export const foreignTag = (file: string, runtime: TargetRuntime): string | undefined => {
  const tag = wheelTagOf(file);
  const own = `linux_${machineOf(runtime.architecture)}`;
  const loads = (platform: string): boolean =>
    platform === 'any' || platform === own || runtime.platformTags.includes(platform);
  return tag === undefined || tagFits(tag, runtime, loads) ? undefined : tag;
};
