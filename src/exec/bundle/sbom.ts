import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { AskedRequirement } from '../../plan/show/asked-requirement';
import { askedBy } from '../../plan/show/asked-requirement';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { applyEdits } from '../../plan/declarations/local-packages/requirements-edits';
import { readRequirements } from '../../plan/declarations/lines/requirements-file';
import type { InstallPlan } from '../../plan/model/install-plan';
import { installedComponents } from '../../plan/show/installed-components';
import { targetMarkers } from '../../plan/packaging/tags/marker-environment';
import { cycloneDx } from './cyclonedx';
import type { ExecutionError } from '../errors/execution-error';
import type { Part } from '../store/part';
import { treeOf } from '../store/part';
import { readPartFile } from './part-file';
import { readAsPlanned } from '../install/read-as-planned';

const METADATA = /^[^/]+\.dist-info\/METADATA$/;

/**
 * The METADATA of a set of modules, or the first file that has changed. Functions that share the set share the result.
 */
const metadataOf = (part: Part): E.Either<string, readonly string[]> => {
  const known = texts.get(part);
  if (known !== undefined) return known;
  const read = readMetadata(part);
  texts.set(part, read);
  return read;
};

const texts = new WeakMap<Part, E.Either<string, readonly string[]>>();

const readMetadata = (part: Part): E.Either<string, readonly string[]> => {
  const found: string[] = [];
  for (const file of part.files.filter((one) => METADATA.test(one.path))) {
    const content = readPartFile(part, file);
    if (content === undefined) return E.left(path.join(treeOf(part), file.path));
    found.push(content.toString('utf8'));
  }
  return E.right(found);
};

/** The requirements in the requirements files, with their includes. */
const askedIn = ({
  inputs,
  generated,
  requirements,
  workingDirectory,
}: InstallPlan): readonly AskedRequirement[] => {
  const seen = new Set<string>();
  const textOf = (file: string): string | undefined => {
    const input = inputs.find((one) => one.path === file);
    const content = input && readAsPlanned(input.from, { digest: input.digest });
    return input === undefined || content === undefined
      ? generated.find((one) => one.path === file)?.text
      : applyEdits(content.toString('utf8'), input.edits);
  };
  const read = (file: string): readonly AskedRequirement[] => {
    if (seen.has(file)) return [];
    seen.add(file);
    return readRequirements(textOf(file) ?? '').flatMap((line) =>
      line._tag === 'Include' && line.flag === '-r'
        ? read(path.posix.join(path.posix.dirname(file), line.target))
        : askedBy(line),
    );
  };
  return requirements.flatMap((file) => read(path.posix.join(workingDirectory, file)));
};

/**
 * The bill of materials of a bundle, from the installed distributions; undefined if none is requested. An error if the
 * modules' metadata differ from the store's record.
 */
export const sbomText = (
  plan: BundlePlan,
  modules: Part | null,
): E.Either<ExecutionError, string | undefined> => {
  if (!plan.output.sbom) return E.right(undefined);
  const metadata = modules === null ? E.right<string, readonly string[]>([]) : metadataOf(modules);
  if (E.isLeft(metadata)) return E.left({ _tag: 'StoreChanged', path: metadata.left });
  const asked = plan.install === null ? [] : askedIn(plan.install);
  return E.right(cycloneDx(plan, installedComponents(metadata.right, asked, targetMarkers(plan.runtime))));
};
