import * as E from 'fp-ts/Either';
import type { ExecutionError } from '../errors/execution-error';
import type { Complaints } from './installer-output';
import type { CommandResult } from '../process/shell';
import { succeeded } from '../process/shell';

/** Most distributions without a wheel to try before the tool's last answer stands. */
export const MOST_BUILDS = 25;

/**
 * Runs the tool.
 *
 * @param named the distributions that have no wheel
 * @param builds whether code of theirs may run
 */
export type Run = (
  named: readonly string[],
  builds: boolean,
) => Promise<E.Either<ExecutionError, CommandResult>>;

interface Attempt {
  readonly result: CommandResult;
  /** The requirement that needs a build which this machine cannot or may not make. */
  readonly needsBuild: string | undefined;
  /** Names of the distributions that have no wheel. */
  readonly built: readonly string[];
}

export const nameOf = (requirement: string): string =>
  /^[A-Za-z0-9._-]+/.exec(requirement)?.[0] ?? requirement;

/** Which builds an install may use, and whether the tool's complaints are precise. */
interface Policy {
  /** Whether source distributions may be built. */
  readonly mayBuild: boolean;
  /** Whether it is certain that something must be built. */
  readonly mustBuild: boolean;
  /** Whether a line of the requirements forbids the build of one, whatever else is asked for. @default - no */
  readonly isRuledOut?: (requirement: string) => boolean;
  /** Whether a setting forbids the build of one requirement. @default - no */
  readonly isOff?: (requirement: string) => boolean;
  /** Whether the tool distinguishes a distribution without a wheel from one that does not exist. */
  readonly tellsApart: boolean;
}

const NO_COMPLAINTS: Complaints = { withoutWheel: [], unbuildable: undefined };

/**
 * Tries wheels only at first, so that no code of strangers runs. Then the tool builds those distributions that it names
 * as having no wheel. Both tools check source distributions against the hashes in the requirements. Only builds of pure
 * Python are accepted. If nothing may be built, a tool that does not distinguish missing wheels runs again and names
 * what it refuses to build.
 */
export const attempt = async (
  run: Run,
  read: (output: string) => Complaints,
  { mayBuild, mustBuild, tellsApart, isOff = () => false, isRuledOut = () => false }: Policy,
): Promise<E.Either<ExecutionError, Attempt>> => {
  const named = new Map<string, string>();
  let builds = mayBuild && mustBuild;
  for (;;) {
    const ran = await run([...named.keys()], builds);
    if (E.isLeft(ran)) return ran;
    const result = ran.right;
    const complaints = succeeded(result) ? NO_COMPLAINTS : read(result.output);
    const { withoutWheel, unbuildable, refused } = complaints;
    const missing = withoutWheel.filter((requirement) => !named.has(nameOf(requirement)));
    const without = refused ?? missing[0];
    if (without === undefined) {
      return E.right({
        result,
        needsBuild: unbuildable && longer(unbuildable, named.get(nameOf(unbuildable))),
        built: [...named.keys()],
      });
    }
    const ruledOut = missing.find(isRuledOut);
    if (ruledOut !== undefined) return E.right({ result, needsBuild: ruledOut, built: [] });
    const off = [...named.values(), ...missing, ...(refused === undefined ? [] : [refused])].find(isOff);
    const allowed = mayBuild && off === undefined;
    if (named.size >= MOST_BUILDS || (!allowed && (tellsApart || refused !== undefined)))
      return E.right({ result, needsBuild: off ?? without, built: [] });
    builds = allowed;
    missing.forEach((requirement) => named.set(nameOf(requirement), requirement));
  }
};

/** One tool names the version when it asks for a build, the other when the build fails. */
const longer = (a: string, b = ''): string => (b.length > a.length ? b : a);

/** Removes an option with which uv accepts nothing at all if a line of the requirements says that all must be built. */
export const withoutOnlyBinary = (argv: readonly string[]): readonly string[] => {
  const at = argv.findIndex((word, index) => word === '--only-binary' && argv[index + 1] === ':all:');
  return at === -1 ? argv : [...argv.slice(0, at), ...argv.slice(at + 2)];
};
