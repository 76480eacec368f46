import * as t from 'io-ts';
import type { OrderedBy } from '../../plan/install/index-order';
import { error, text } from './error-shape';

const OrderedBy: t.KeyofC<Record<OrderedBy, null>> = t.keyof({
  line: null,
  'pip.conf': null,
  UV_INDEX: null,
  UV_EXTRA_INDEX_URL: null,
  PIP_EXTRA_INDEX_URL: null,
});

/** Whether a word names a source of further indexes. */
export const isOrderedBy = OrderedBy.is;

/** A container with pip alone prints this, then the source of further indexes, if the order of the indexes counts. */
export const ORDER_REFUSED = 'cdk-lambda-python: pip cannot ask indexes in an order:';

/** Only pip was found, but the order of the indexes counts. */
const IndexOrderNeedsUv = error('IndexOrderNeedsUv', {
  tool: text,
  by: OrderedBy,
  isInContainer: t.boolean,
});

/** The first index that has a package has no version that is allowed. */
const NotOnFirstIndex = error('NotOnFirstIndex', { requirement: text, index: text, declaration: text });

/**
 * Why an install from several indexes failed.
 *
 * @since 0.1.0
 */
export const IndexError = t.union([IndexOrderNeedsUv, NotOnFirstIndex], 'IndexError');

/** See {@link IndexError}. */
export type IndexError = t.TypeOf<typeof IndexError>;

const namedBy = (by: OrderedBy): string => {
  switch (by) {
    case 'line':
      return '`dependencies.extraIndexes` or `--extra-index-url` of the requirements';
    case 'pip.conf':
      return "the image's pip.conf";
    case 'PIP_EXTRA_INDEX_URL':
      return 'the variable PIP_EXTRA_INDEX_URL, or a pip.conf that says the same';
    case 'UV_INDEX':
    case 'UV_EXTRA_INDEX_URL':
      return `the variable ${by}, or a uv.toml that says the same`;
  }
};

const WHY =
  'A package comes from the first index that has its name, and from no other. pip takes the best version of all indexes, so a stranger could publish a newer version of a private package.';

const installUv = (isInContainer: boolean): string =>
  isInContainer
    ? "Install uv on this machine (on Linux, a container for this machine's processor uses it)"
    : 'Install uv';

const showNeedsUv = ({ by, tool, isInContainer }: t.TypeOf<typeof IndexOrderNeedsUv>): string =>
  `Further package indexes come from ${namedBy(by)}. ${WHY} Only ${tool} was found, which cannot do this. ${installUv(isInContainer)}, lock the dependencies, or name one index that has all packages (\`dependencies.index\`).`;

const showNotOnFirst = ({ requirement, index, declaration }: t.TypeOf<typeof NotOnFirstIndex>): string =>
  `${index} has no version that ${requirement} allows (required by ${declaration}, directly or indirectly), but it has others. A package comes from the first index that has its name, so no other index was asked. Require a version that this index has, lock the dependencies, or set the variable UV_INDEX_STRATEGY to "unsafe-best-match" if nobody can publish a stranger's package on any of the indexes.`;

export const showIndexError = (error: IndexError): string =>
  error._tag === 'IndexOrderNeedsUv' ? showNeedsUv(error) : showNotOnFirst(error);
