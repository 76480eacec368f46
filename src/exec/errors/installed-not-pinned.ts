/** A distribution that no line pins, as a requirement, and the names of the distributions that need it. */
interface Unpinned {
  readonly requirement: string;
  readonly neededBy: readonly string[];
}

const showOne = ({ requirement, neededBy }: Unpinned): string =>
  neededBy.length === 0 ? requirement : `${requirement} (needed by ${neededBy.join(', ')})`;

/** The error as a user reads it. */
export const showInstalledNotPinned = ({
  declaration,
  distributions,
}: {
  readonly declaration: string;
  readonly distributions: readonly Unpinned[];
}): string =>
  '`dependencies.requirePinned` (or the context key `cdk-lambda-python:requirePinned`) is set, ' +
  `but neither ${declaration} nor the files that it includes pin these installed distributions: ${distributions.map(showOne).join(', ')}. ` +
  'Another day or another machine may install other versions under the same hash. ' +
  `Run \`npx cdk-lambda-python lock ${declaration}\`, or add ${distributions.map(({ requirement }) => requirement).join(', ')} to ${declaration}.`;
