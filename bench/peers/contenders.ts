import { alpha } from './alpha';
import type { Contender } from './contender';
import { ours, oursDirectory, oursDocker } from './ours';
import { plain } from './plain';
import { pip, uv } from './raw';
import { sam } from './sam';

/** In the order of their turns; the plain synthesis is first, for it is what the others are compared with. */
export const CONTENDERS: readonly Contender[] = [plain, ours, oursDirectory, oursDocker, uv, pip, sam, alpha];
