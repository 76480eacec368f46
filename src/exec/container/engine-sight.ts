import type { Values } from '../../plan/variables/installer-environment';
import { shownValue } from '../../plan/values/redact';
import type { Shell } from '../process/shell';
import { succeeded } from '../process/shell';

/**
 * Whether the container engine sees the folders of this machine, as far as this process knows. An engine on another
 * machine, or in a container of its own, does not.
 *
 * @since 0.1.0
 */
export interface EngineSight {
  /** undefined if it is not known yet. */
  readonly isSeeing: () => boolean | undefined;
  readonly note: (isSeeing: boolean) => void;
  /** Prints a line once. */
  readonly tell: (line: string) => void;
}

/** @param say prints a line */
export const engineSight = (say: (line: string) => void = () => undefined): EngineSight => {
  let known: boolean | undefined;
  const printed = new Set<string>();
  return {
    isSeeing: () => known,
    note: (isSeeing) => void (known = isSeeing),
    tell: (line) => {
      if (!printed.has(line)) say(line);
      printed.add(line);
    },
  };
};

/** Variables for the engine's address, in the order in which clients read them. */
const PLACES = ['DOCKER_HOST', 'CONTAINER_HOST', 'DOCKER_CONTEXT', 'CONTAINER_CONNECTION'];

/** The engine that a client talks to, as its user named it. */
export const engineName = async (shell: Shell, program: string, environment: Values): Promise<string> => {
  const place = PLACES.find((name) => (environment[name] ?? '') !== '');
  if (place !== undefined) return `${program} (${place} ${shownValue(place, environment[place] ?? '')})`;
  const context = await shell({ argv: [program, 'context', 'show'] })();
  const name = context.stdout.trim();
  return succeeded(context) && /^[\w.+-]+$/.test(name) ? `${program} (context ${name})` : program;
};
