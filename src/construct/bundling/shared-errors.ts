import type { IConstruct } from 'constructs';

/** A problem of a construct's bundle. */
export interface Problem {
  readonly message: string;
  /** The same text in equal problems of different constructs. @default - the message */
  readonly cause?: string;
}

/** A construct and all problems of its bundle. */
export type Failed = readonly [construct: IConstruct, problems: readonly Problem[]];

/** A problem, reported at the first construct that has it. */
interface SharedProblem {
  readonly construct: IConstruct;
  /** Ends with the paths of the other constructs. */
  readonly message: string;
}

/**
 * Many functions may fail for one reason, such as a lock that is out of date: it is reported once, with all their
 * paths.
 */
export const sharedProblems = (failed: readonly Failed[]): readonly SharedProblem[] => {
  const groups = new Map<string, { readonly message: string; readonly constructs: IConstruct[] }>();
  for (const [construct, problems] of failed)
    for (const { message, cause = message } of problems) {
      const group = groups.get(cause) ?? { message, constructs: [] };
      if (!group.constructs.includes(construct)) group.constructs.push(construct);
      groups.set(cause, group);
    }
  return [...groups.values()].flatMap(({ message, constructs: [construct, ...others] }) =>
    construct === undefined ? [] : { construct, message: withPaths(message, others) },
  );
};

const withPaths = (message: string, others: readonly IConstruct[]): string =>
  others.length === 0
    ? message
    : [message, 'The same holds for:', ...others.map(({ node }) => `  ${node.path}`)].join('\n');
