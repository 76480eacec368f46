import * as path from 'node:path';
import { isRight } from 'fp-ts/Either';
import { lineTarget } from '../../plan/declarations/lines/line-target';
import { markerHolds } from '../../plan/declarations/lines/marker-holds';
import { readRequirements } from '../../plan/declarations/lines/requirements-file';
import { withoutOptions } from '../../plan/declarations/lines/without-options';
import type { InstallPlan } from '../../plan/model/install-plan';
import { isRemote } from '../../plan/packaging/local/local-reference';
import { nameInUrl } from '../../plan/packaging/requirement/name-in-url';
import { normalizeName } from '../../plan/packaging/requirement/package-name';
import { parseRequirement } from '../../plan/packaging/requirement/requirement';
import { normalizeSpecifier } from '../../plan/packaging/requirement/specifier';
import { redactUrls } from '../../plan/values/redact';
import { declaredAt } from './declared-at';
import { namedLocals } from './local-lines';
import { textOf } from '../files/requirement-texts';

/** The effect of a requirement on the choice of versions. */
type Force = 'requirement' | 'constraint' | 'override';

/** A requirement, and its place. */
export interface PlacedRequirement {
  /** Normalized. */
  readonly name: string;
  /** As it is written, without options, marker and credentials. */
  readonly text: string;
  /** Empty if any version fits, and for a URL. */
  readonly specifier: string;
  /** Whether it is a URL or a path, which has only one version. */
  readonly isOfPlace: boolean;
  readonly force: Force;
  /** `file:line`. */
  readonly place: string;
  /** The line that includes the file: `-r, file:line`; null for the declaration itself. */
  readonly included: string | null;
}

type Install = Pick<InstallPlan, 'declaration' | 'inputs' | 'generated' | 'uv' | 'host'>;

const requirementOf = (
  text: string,
  force: Force,
  { host }: Pick<InstallPlan, 'host'>,
): Omit<PlacedRequirement, 'place' | 'included'> | undefined => {
  const plain = withoutOptions(text);
  const read = parseRequirement(plain);
  if (!isRight(read)) {
    const name = isRemote(plain) ? nameInUrl(plain) : undefined;
    return name === undefined
      ? undefined
      : { name: normalizeName(name), text: shownText(text), specifier: '', isOfPlace: true, force };
  }
  const { name, specifier, marker, url } = read.right;
  return markerHolds(marker, host.markers)
    ? { name: normalizeName(name), text: shownText(text), specifier, isOfPlace: url !== null, force }
    : undefined;
};

const shownText = (text: string): string => redactUrls(withoutOptions(text).split(/\s*;/, 1)[0] ?? '');

/** The requirements of a requirements file and of its includes. */
const inRequirementsFiles = (install: Install, declaration: string): readonly PlacedRequirement[] => {
  const home = path.dirname(declaration);
  const visited = new Set<string>();
  const visit = (file: string, included: string | null, force: Force): readonly PlacedRequirement[] => {
    const key = `${force} ${file}`;
    if (visited.has(key)) return [];
    visited.add(key);
    return readRequirements(textOf(file)).flatMap((line) => {
      const place = `${file}:${line.at.from}`;
      if (line._tag === 'Include') {
        if (isRemote(line.target)) return [];
        const inner = line.flag === '-c' ? 'constraint' : force;
        return visit(lineTarget(line, file, home), `${line.flag}, ${place}`, inner);
      }
      const found = line._tag === 'Named' ? requirementOf(line.text, force, install) : undefined;
      return found === undefined ? [] : { ...found, place, included };
    });
  };
  return visit(declaration, null, 'requirement');
};

/** A quoted string in TOML. */
const QUOTED = /"((?:[^"\\]|\\.)*)"|'([^']*)'/g;

/** Finds a quoted requirement in a manifest or in the metadata of a script; the line counts from 1. */
const writtenIn = (
  file: string,
  name: string,
  specifier: string,
): { readonly text: string; readonly line: number } | undefined => {
  for (const [at, line] of textOf(file).split('\n').entries())
    for (const [, double, single = ''] of line.matchAll(QUOTED)) {
      const text = (double ?? single).replace(/\\(["\\])/g, '$1');
      const read = parseRequirement(text);
      if (
        isRight(read) &&
        normalizeName(read.right.name) === name &&
        normalizeSpecifier(read.right.specifier) === normalizeSpecifier(specifier)
      )
        return { text: shownText(text), line: at + 1 };
    }
  return undefined;
};

/** The settings of `[tool.uv]` with requirements, and their effect. */
const SETTINGS = [
  ['constraint-dependencies', 'constraint'],
  ['override-dependencies', 'override'],
] as const;

/** The requirements of a project or a script: the generated ones, and the ones in its settings. */
const inProject = (install: Install, declaration: string): readonly PlacedRequirement[] => {
  const { generated, uv } = install;
  const placed = (text: string, force: Force, file: string): PlacedRequirement | readonly [] => {
    const found = requirementOf(text, force, install);
    if (found === undefined) return [];
    const written = writtenIn(file, found.name, found.specifier);
    return written === undefined
      ? { ...found, place: declaredAt(install, found.name) ?? declaration, included: null }
      : { ...found, text: written.text, place: `${file}:${written.line}`, included: null };
  };
  const lines = generated.flatMap(({ text }) => readRequirements(text));
  return [
    ...lines.flatMap((line) => (line._tag === 'Named' ? placed(line.text, 'requirement', declaration) : [])),
    ...(uv?.indexed ?? []).flatMap(({ text }) => placed(text, 'requirement', declaration)),
    ...SETTINGS.flatMap(([setting, force]) => {
      const file = uv?.from.find((each) => each.setting === setting)?.file ?? declaration;
      const listed = uv?.settings[setting];
      const texts: readonly unknown[] = Array.isArray(listed) ? listed : [];
      return texts.flatMap((text) => (typeof text === 'string' ? placed(text, force, file) : []));
    }),
  ];
};

/** The requirements of a declaration that apply to the target, each with file and line. */
export const placedRequirements = (install: Install): readonly PlacedRequirement[] => {
  const { declaration } = install;
  if (declaration === null) return [];
  const written = declaration.endsWith('.txt')
    ? inRequirementsFiles(install, declaration)
    : inProject(install, declaration);
  return [...written, ...localsPlaced(install)];
};

/** The local packages, each with the line that requires its folder. */
const localsPlaced = (install: Install): readonly PlacedRequirement[] =>
  namedLocals(install).map(({ name, requirement, declaration }) => ({
    name,
    text: `${name} @ ${requirement}`,
    specifier: '',
    isOfPlace: true,
    force: 'requirement',
    place: declaration,
    included: null,
  }));
