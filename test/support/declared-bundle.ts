import * as fs from 'node:fs';
import * as path from 'node:path';
import * as assert from 'uvu/assert';
import type { ExecutionReport } from '../../src/exec/batch/execution-report';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { ArchitectureName } from '../../src/plan/target/architecture';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { DeclaredProject, TriedPython } from './declared-projects';
import { machineOfElf } from './elf';
import { handlerOf } from './handler-of';
import { invoke } from './invoke';
import { findPython } from './python-tools';

/** Tells what is installed beside it, imports modules, and calls native code. */
export const DECLARED_HANDLER = `
import importlib
import importlib.metadata
import os

import markupsafe._speedups


def lambda_handler(event, context):
    here = [os.path.dirname(os.path.abspath(__file__))]
    return {
        "versions": {
            found.metadata["Name"].lower().replace("_", "-"): found.version
            for found in importlib.metadata.distributions(path=here)
        },
        "modules": [importlib.import_module(name).__name__ for name in event["modules"]],
        "escaped": markupsafe._speedups._escape_inner("<b>"),
    }
`;

type Versions = Readonly<Record<string, string>>;

/** How the versions of locks are written: tables of TOML, objects of JSON, requirements. */
const VERSIONS = [
  /^name = "([^"]+)"\nversion = "([^"]+)"/gm,
  /"([\w.-]+)": \{[^{}]*?"version": "==([^"]+)"/g,
  /(?:^|")([A-Za-z][\w.-]*)==([\w.]+)/gm,
];

/** The version that is expected where a lock has two. */
const forked = (name: string, python: TriedPython): string | undefined =>
  name === 'colorama' ? (python === '3.9' ? '0.4.5' : '0.4.6') : undefined;

/** What must be installed, with the versions that a lock's text says: read in another way than the library does. */
const expectedVersions = (project: DeclaredProject, root: string, python: TriedPython): Versions => {
  const text = fs.readFileSync(path.join(root, project.lock), 'utf8');
  const found = VERSIONS.flatMap((pattern) => [...text.matchAll(pattern)]).map(
    ([, name = '', version = '']) => [name.toLowerCase(), version] as const,
  );
  const versionOf = (name: string): string => {
    const versions = new Set(found.flatMap(([other, version]) => (other === name ? version : [])));
    const fork = forked(name, python);
    const only = versions.size > 1 && fork !== undefined && versions.has(fork) ? fork : [...versions][0];
    const version = project.versions?.[name] ?? only;
    if (version === undefined || (versions.size > 1 && fork === undefined)) {
      throw new Error(`${project.lock} has the versions ${[...versions].join(', ')} of ${name}`);
    }
    return version;
  };
  return Object.fromEntries(
    project
      .installed(python)
      .map((name) => [name, versionOf(name)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
};

/** The distributions in a folder, by their metadata. */
const installedVersions = (folder: string): Versions =>
  Object.fromEntries(
    fs
      .readdirSync(folder)
      .filter((name) => name.endsWith('.dist-info'))
      .map((name) => fs.readFileSync(path.join(folder, name, 'METADATA'), 'utf8'))
      .map((text) => {
        const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? '';
        return [field('Name').toLowerCase().replaceAll('_', '-'), field('Version')] as const;
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const MACHINES: Readonly<Record<ArchitectureName, string>> = { x86_64: 'x86_64', arm64: 'aarch64' };

/** The architecture of this machine, if Lambda has it. */
const HERE = ({ x64: 'x86_64', arm64: 'arm64' } as Readonly<Record<string, ArchitectureName>>)[process.arch];

/** One bundle of a project. */
export interface DeclaredBundle {
  readonly project: DeclaredProject;
  readonly root: string;
  readonly python: TriedPython;
  readonly architecture: ArchitectureName;
  readonly plan: BundlePlan;
}

/**
 * Checks that a bundle has what its declaration says, for its architecture, and that it answers.
 *
 * @returns whether it was called: there may be no such Python, or it may be for another machine
 */
export const checkDeclaredBundle = async (
  { project, root, python, architecture, plan }: DeclaredBundle,
  report: ExecutionReport | undefined,
): Promise<boolean> => {
  const what = `${project.folder}, Python ${python}, ${architecture}`;
  const { outcome } = report ?? {};
  if (outcome?._tag === 'Failed') throw new Error(`${what}: ${showExecutionError(outcome.error)}`);
  assert.is(outcome?._tag, 'Bundled', what);
  const folder = plan.output.path;
  const versions = expectedVersions(project, root, python);
  assert.equal(installedVersions(folder), versions, what);
  const native = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isLibrary);
  assert.ok(native.length > 0, `${what}: no native code`);
  for (const file of native) {
    assert.is(machineOfElf(path.join(folder, file)), MACHINES[architecture], `${what}: ${file}`);
  }
  const interpreter = findPython(python);
  if (interpreter === undefined || architecture !== HERE) return false;
  const modules = Object.keys(versions).map((name) => name.replaceAll('-', '_'));
  const answer = await invoke(folder, handlerOf(plan), { modules }, { python: interpreter });
  assert.equal(answer, { ok: true, payload: { versions, modules, escaped: '&lt;b&gt;' } }, what);
  return true;
};

const isLibrary = (file: string): boolean => file.endsWith('.so');
