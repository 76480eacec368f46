import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BundleRequest, Include } from '../../plan/request/bundle-request';
import { ignoreRules } from '../../plan/sources/ignore-rules';
import { includeCandidates } from '../../plan/sources/include';
import type { PlanError } from '../../plan/errors/plan-error';
import type { IncludedFile } from '../../plan/model/source-snapshot';
import { manifestPath } from '../bundle/bundle-manifest';
import { isMissing, unreadable } from '../files/file-kind';
import { inside } from '../files/real-path';
import { sbomPath } from '../bundle/sbom-path';
import type { SurveyMemory } from './survey-memory';
import { isCurrent, walk } from './walk';

/** The included files, as far as they could be read. */
interface Included {
  readonly files: readonly IncludedFile[];
  readonly problems: readonly PlanError[];
}

/** The files that a request includes from elsewhere, by the rules of the entry's own folder. */
export const readIncludes = (request: BundleRequest, memory: SurveyMemory, largest?: number): Included => {
  const read = (request.include ?? []).map((include) => readInclude(request, include, memory, largest));
  return { files: read.flatMap(({ files }) => files), problems: read.flatMap(({ problems }) => problems) };
};

const readInclude = (
  request: BundleRequest,
  include: Include,
  memory: SurveyMemory,
  largest: number | undefined,
): Included => {
  const tried = includeCandidates(include, request);
  for (const place of tried) {
    try {
      return fs.statSync(place).isDirectory()
        ? readFolder(request, place, include.to, memory, largest)
        : readFile(request, place, include.to, memory, largest);
    } catch (error) {
      if (!isMissing(error)) return { files: [], problems: [unreadable(place, error)] };
    }
  }
  return { files: [], problems: [{ _tag: 'IncludedNotFound', from: include.from, tried }] };
};

const readFolder = (
  { exclude, outputDirectory, externalSymlinks }: BundleRequest,
  folder: string,
  to: string,
  { walks, digests }: SurveyMemory,
  largest: number | undefined,
): Included => {
  const read = () => {
    const output = inside(folder, outputDirectory);
    const outputs = output === undefined ? [] : [output, manifestPath(output), sbomPath(output)];
    return walk(
      folder,
      (rootNames) => ignoreRules({ exclude, outputs, rootNames, definedHere: false }),
      externalSymlinks,
      digests,
      largest,
    );
  };
  const key = [folder, exclude, outputDirectory, false, externalSymlinks, largest ?? null];
  const { files, problems } = walks(key, read, isCurrent);
  return {
    files: files.map((file) => ({ ...file, folder, from: file.path, path: path.posix.join(to, file.path) })),
    problems,
  };
};

/** One file: rules do not leave out a file that the user names. */
const readFile = (
  { externalSymlinks }: BundleRequest,
  file: string,
  to: string,
  { digests }: SurveyMemory,
  largest: number | undefined,
): Included => {
  const [folder, name] = [path.dirname(file), path.basename(file)];
  const only = (relative: string): boolean => relative !== name;
  const { files, problems } = walk(folder, () => only, externalSymlinks, digests, largest);
  const place = to === '.' ? name : to;
  return { files: files.map((one) => ({ ...one, folder, from: one.path, path: place })), problems };
};
