import * as E from 'fp-ts/Either';
import type { ExecutionError } from '../errors/execution-error';

/** The variable with the names of the BuildKit builders for builds, separated by commas. */
const BUILDERS = 'CDK_LAMBDA_PYTHON_BUILDERS';

/** The name of a builder; undefined for buildx's default one. */
export type Builder = string | undefined;

/** The name of a builder in messages. */
export const builderName = (builder: Builder): string => builder ?? 'the default builder';

/** The failure of a build: its own, or the loss of its builder, after which another may succeed. */
export type BuildFailure =
  | { readonly _tag: 'Lost'; readonly output: string }
  | { readonly _tag: 'Failed'; readonly error: ExecutionError };

/** Equivalent BuildKit builders. */
export interface Builders {
  /**
   * Gives a build to the builder with the least work; if that is lost, to another. A lost builder gets no more work.
   *
   * @param key hexadecimal hash of the build. Among equally busy builders, the same key selects the same one, on every
   * machine and in each process: that one may have built it before, and not all begin with the first
   */
  readonly build: <A>(
    key: string,
    work: (builder: Builder) => Promise<E.Either<BuildFailure, A>>,
  ) => Promise<E.Either<ExecutionError, A>>;
}

/** The builders in the variable, without duplicates. */
export const buildersIn = (environment: NodeJS.ProcessEnv): readonly Builder[] => {
  const names = (environment[BUILDERS] ?? '').split(',').map((name) => name.trim());
  const named = [...new Set(names)].filter((name) => name !== '');
  return named.length === 0 ? [undefined] : named;
};

/** The number of hash digits that spread sets evenly and fit a number exactly. */
const DIGITS = 8;

/**
 * @param tell gets a line for each lost builder, while others are left
 */
export const liveBuilders = (names: readonly Builder[], tell: (line: string) => void): Builders => {
  const busy = new Map(names.map((name) => [name, 0]));
  const lost = new Map<Builder, string>();
  const change = (builder: Builder, by: number): void =>
    void busy.set(builder, (busy.get(builder) ?? 0) + by);
  const lose = (builder: Builder, output: string): void => {
    if (lost.has(builder)) return;
    lost.set(builder, output);
    const left = names.length - lost.size;
    if (left > 0) tell(showLost(builder, output, left));
  };
  const leastBusy = (key: string): readonly [Builder, number] | undefined => {
    const first = parseInt(key.slice(0, DIGITS), 16) % names.length;
    const all = [...busy];
    return [...all.slice(first), ...all.slice(0, first)]
      .filter(([builder]) => !lost.has(builder))
      .sort(([, a], [, b]) => a - b)[0];
  };
  const build: Builders['build'] = async (key, work) => {
    const chosen = leastBusy(key);
    if (chosen === undefined) return E.left(noBuilder(lost));
    const [builder] = chosen;
    change(builder, 1);
    const result = await work(builder).finally(() => change(builder, -1));
    if (E.isRight(result)) return result;
    if (result.left._tag === 'Failed') return E.left(result.left.error);
    lose(builder, result.left.output);
    return build(key, work);
  };
  return { build };
};

const showLost = (builder: Builder, output: string, left: number): string =>
  `the builder ${builderName(builder)} was lost (${output.split('\n').at(-1) ?? ''}); its builds go to ${left === 1 ? 'the remaining one' : `the ${left} remaining ones`}`;

const noBuilder = (lost: ReadonlyMap<Builder, string>): ExecutionError => ({
  _tag: 'NoBuilder',
  builders: [...lost.keys()].map(builderName),
  output: [...lost.values()].join('\n'),
});
