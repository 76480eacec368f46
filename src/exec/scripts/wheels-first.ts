import * as E from 'fp-ts/Either';
import type { ExecutionError } from '../errors/execution-error';
import type { Complaints } from './installer-output';
import type { CommandResult } from '../process/shell';
import { succeeded } from '../process/shell';

/** How many distributions without a wheel are tried before the last answer stands. */
export const MOST_BUILDS = 25;

/**
 * Runs the tool; the distributions named have no wheel.
 *
 * @param builds whether code of theirs may run
 */
export type Run = (
  named: readonly string[],
  builds: boolean,
) => Promise<E.Either<ExecutionError, CommandResult>>;

interface Attempt {
  readonly result: CommandResult;
  /** The requirement that could not be had without a build that this machine cannot make. */
  readonly needsBuild: string | undefined;
  /** Names of the distributions that have no wheel. */
  readonly built: readonly string[];
}

export const nameOf = (requirement: string): string =>
  /^[A-Za-z0-9._-]+/.exec(requirement)?.[0] ?? requirement;

/** What may be done of an install, and how the tool tells of it. */
interface Policy {
  /** Whether what has no wheel may be built. */
  readonly mayBuild: boolean;
  /** Whether something has none for certain. */
  readonly mustBuild: boolean;
  /** Whether a line of the requirements forbids it, whatever is asked for besides. @default no */
  readonly isRuledOut?: (requirement: string) => boolean;
  /** Whether a setting forbids the build of one requirement. @default no */
  readonly isOff?: (requirement: string) => boolean;
  /** Whether the tool tells what has no wheel from what is not there at all. */
  readonly tellsApart: boolean;
}

const NO_COMPLAINTS: Complaints = { withoutWheel: [], unbuildable: undefined };

/**
 * Wheels only at first, so that no code of strangers runs; then the distributions that have none are built, as the tool names
 * them. Both tools check what they build from against the hashes that the requirements ask for; only what is pure Python
 * will do. Where nothing may be built, a tool that does not tell apart is asked for what it refuses to build.
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

/** One tool tells the version when it asks for a build, the other when the build fails. */
const longer = (a: string, b = ''): string => (b.length > a.length ? b : a);

/** uv takes nothing at all where nothing may be built, and a line says that everything must be. */
export const withoutOnlyBinary = (argv: readonly string[]): readonly string[] => {
  const at = argv.findIndex((word, index) => word === '--only-binary' && argv[index + 1] === ':all:');
  return at === -1 ? argv : [...argv.slice(0, at), ...argv.slice(at + 2)];
};
