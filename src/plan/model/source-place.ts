import * as path from 'node:path';
import type { BundlePlan, SourceFile } from './bundle-plan';

/** The absolute path, on this machine, of a file that goes into a bundle. */
export const sourcePlace = ({ root }: Pick<BundlePlan['entry'], 'root'>, source: SourceFile): string =>
  path.join(source.folder ?? root, source.from);
