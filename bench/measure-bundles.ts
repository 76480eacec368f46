import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { call, unpack } from './import-check';
import { measure } from './measure';
import type { Contender } from './peers/contender';
import { cache } from './places';
import { writeProject } from './project';
import type { BundleFigures } from './results';
import { today } from './results';
import { say } from './say';
import { withPacked } from './upload';
import type { Workload } from './workloads';

/** How often each bundle is imported; an import takes little, and varies much. */
const IMPORTS = 7;

const isByteCode = (file: string): boolean => file.endsWith('.pyc');

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

const bytesOf = (files: readonly string[]): number =>
  files.reduce((sum, file) => sum + statSync(file).size, 0);

interface Unpacked {
  readonly contender: Contender;
  readonly folder: string;
  readonly handler: string;
  readonly figures: Omit<BundleFigures, 'imports'>;
}

const zipOf = async <A>(place: string, work: (zip: string) => A): Promise<A> =>
  statSync(place).isDirectory() ? withPacked(place, work) : work(place);

/** Has a contender build a workload's first bundle, and unpacks what would be uploaded of it. */
const unpackBundle = async (contender: Contender, workload: Workload, folder: string): Promise<Unpacked> => {
  const project = writeProject(workload, contender.id, contender.options());
  contender.prepare(project);
  await measure(contender, project, 'cold');
  const [bundle] = contender.bundles(project).values();
  if (bundle === undefined) throw new Error(`${contender.id} has made no bundle`);
  const target = path.join(folder, contender.id);
  const zipped = await zipOf(bundle.place, (zip) => {
    unpack([{ bundle: zip, target }]);
    return statSync(zip).size;
  });
  const files = filesIn(target);
  const stripped = path.join(folder, `${contender.id}-stripped`);
  mkdirSync(stripped);
  cpSync(target, stripped, { recursive: true, filter: (file) => !isByteCode(file) });
  const zippedWithoutByteCode = await withPacked(stripped, (zip) => statSync(zip).size);
  return {
    contender,
    folder: target,
    handler: bundle.handler,
    figures: {
      date: today(),
      unzipped: bytesOf(files),
      unzippedByteCode: bytesOf(files.filter(isByteCode)),
      zipped,
      zippedWithoutByteCode,
    },
  };
};

/** Sizes of bundles, and how long they are imported in turns, each time by a fresh interpreter. */
export const measureBundles = async (
  workload: Workload,
  contenders: readonly Contender[],
): Promise<Readonly<Record<string, BundleFigures>>> => {
  const folder = mkdtempSync(path.join(cache, 'bundles-'));
  try {
    const bundles: Unpacked[] = [];
    for (const contender of contenders) {
      say(`${workload.name} bundles: ${contender.id}`);
      try {
        bundles.push(await unpackBundle(contender, workload, folder));
      } catch (error) {
        say(`${contender.id} FAILED: ${String(error)}`);
      }
    }
    const imports = new Map<Contender, number[]>(bundles.map(({ contender }) => [contender, []]));
    for (let round = 0; round <= IMPORTS; round += 1) {
      for (const { contender, folder: place, handler } of bundles) {
        const { seconds } = call(place, handler);
        // The first one reads from the disk what the others find in memory.
        if (round > 0) imports.get(contender)?.push(seconds);
      }
    }
    return Object.fromEntries(
      bundles.map(({ contender, figures }) => [
        `${workload.name}/${contender.id}`,
        { ...figures, imports: imports.get(contender) ?? [] },
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
