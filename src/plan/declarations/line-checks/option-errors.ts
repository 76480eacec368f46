import { isRemote } from '../../packaging/local/local-reference';
import type { LineOption } from '../lines/line-options';
import { optionsOf } from '../lines/line-options';
import type { RequirementsLine } from '../lines/requirements-file';

/**
 * The hash algorithms that pip accepts, with the number of hexadecimal digits in a digest. uv also accepts older ones.
 */
const DIGITS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/** An error in an option of a line, or in its value. */
interface OptionProblem {
  /**
   * The wrong part: a hash together with its option, otherwise only the option, because a value may hold a password.
   */
  readonly option: string;
  readonly reason: string;
}

const hashProblem = (hash: string): string | undefined => {
  const [, algorithm, digest] = /^([^:]+):(.*)$/s.exec(hash) ?? [];
  if (algorithm === undefined || digest === undefined)
    return 'is not an algorithm and a digest, as in sha256:0123…';
  const digits = Object.hasOwn(DIGITS, algorithm) ? DIGITS[algorithm] : undefined;
  if (digits === undefined) return `uses none of the algorithms ${Object.keys(DIGITS).join(', ')}`;
  if (!/^[0-9a-f]*$/i.test(digest)) return 'has characters in its digest that are not hexadecimal digits';
  return digest.length === digits ? undefined : `has ${digest.length} digits instead of ${digits}`;
};

/**
 * Options that name a file, and whether a value is one. In full and alone on a line, such an option is not an `Option`.
 */
const NAMES_FILE: Readonly<Record<string, (value: string) => boolean>> = {
  ...Object.fromEntries(
    ['-r', '--requirement', '-c', '--constraint', '-e', '--editable'].map((name) => [name, () => true]),
  ),
  ...Object.fromEntries(['-f', '--find-links'].map((name) => [name, (value: string) => !isRemote(value)])),
};

const problemOf = ({ name, known, takesValue, value }: LineOption): OptionProblem | undefined => {
  if (known === null) return { option: name, reason: 'neither pip nor uv reads in a requirements file' };
  if (takesValue && (value === undefined || value === ''))
    return { option: name, reason: 'has no value after it' };
  if (NAMES_FILE[known]?.(value ?? '') === true)
    return {
      option: name,
      reason: 'is abbreviated, or stands beside another option: write it in full, on a line of its own',
    };
  const reason = known === '--hash' && value !== undefined ? hashProblem(value) : undefined;
  return reason === undefined ? undefined : { option: `${name}=${value}`, reason };
};

/** Options for the requirement before them. On a line of their own, pip ignores them and uv stops. */
const FOLLOWS_REQUIREMENT: readonly (string | null)[] = [
  '-C',
  '--config-setting',
  '--config-settings',
  '--global-option',
  '--hash',
  '--install-option',
];

const aloneProblem = ({ name, known }: LineOption): OptionProblem | undefined =>
  FOLLOWS_REQUIREMENT.includes(known)
    ? {
        option: name,
        reason:
          'stands on a line without a requirement: pip ignores it there, and uv stops. Write it after its requirement',
      }
    : undefined;

/** Only the installer knows the values of variables. */
const isOpen = ({ name, value = '' }: LineOption): boolean => `${name}${value}`.includes('${');

export const optionProblems = (line: RequirementsLine): readonly OptionProblem[] =>
  optionsOf(line).flatMap((option) =>
    isOpen(option) && !Object.hasOwn(NAMES_FILE, option.known ?? '')
      ? []
      : ((line._tag === 'Option' ? aloneProblem(option) : undefined) ?? problemOf(option) ?? []),
  );

/** The hashes of a requirement, in lower case for comparison. */
export const hashesOf = (line: RequirementsLine): readonly string[] =>
  optionsOf(line).flatMap(({ known, value }) =>
    known === '--hash' && value !== undefined ? value.toLowerCase() : [],
  );
