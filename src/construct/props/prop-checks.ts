import { AssetHashType, BundlingFileAccess, SymlinkFollowMode } from 'aws-cdk-lib';
import type { Check, Checks } from '../../plan/request/option-checks';
import {
  checkedOptions,
  isBoolean,
  isNumber,
  isObject,
  isPath,
  isText,
  isTexts,
  lacking,
  listOf,
  mustBe,
  oneOf,
  wrong,
} from '../../plan/request/option-checks';
import { hasMethods } from './cdk-values';
import type { PythonFunctionProps } from './python-function-props';

const texts = listOf(isText);

export const anything: Check = () => [];

/** Objects of CDK with a name, such as `Runtime.PYTHON_3_13`. */
const named = (expected: string): Check =>
  mustBe(
    expected,
    (value) =>
      typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string',
  );

export const isRuntime = named('a Runtime, such as Runtime.PYTHON_3_13');

export const isArchitecture = named('Architecture.X86_64 or Architecture.ARM_64');

const VOLUME: Checks = {
  hostPath: isText,
  containerPath: isText,
  readOnly: isBoolean,
  consistency: anything,
};

const INCLUDE: Checks = { from: isPath, to: isText };

/** An object with options, some of them required. */
const objectWith =
  (checks: Checks, needed: readonly string[]): Check =>
  (option, value) => {
    const expected = `an object with ${needed.join(' and ')}`;
    return [
      ...checkedOptions(value, checks, { path: option, expected }).wrong,
      ...lacking(option, value, needed),
    ];
  };

const HOOKS: Checks = { beforeBundling: anything, afterBundling: anything };

/**
 * Hooks. An instance of a class may have more methods; in a plain object, another method is a misspelled hook that
 * never runs.
 */
const areHooks: Check = (option, value) => {
  const expected = 'an object with the methods beforeBundling and afterBundling';
  if (!isObject(value)) return wrong(option, value, expected);
  const lacks = Object.keys(HOOKS).filter((name) => !hasMethods(value, name));
  if (lacks.length > 0)
    return wrong(
      option,
      `an object without the method${lacks.length === 1 ? '' : 's'} ${lacks.join(' and ')}`,
      expected,
    );
  const isPlain = Object.getPrototypeOf(value) === Object.prototype;
  return isPlain ? checkedOptions(value, HOOKS, { path: option, expected }).wrong : [];
};

/** Checks of `bundling`. */
export const BUNDLING = {
  executor: mustBe(
    'one of "auto", "host", "docker", "buildkit", or an object with a method execute',
    (value) =>
      (typeof value === 'string' && ['auto', 'host', 'docker', 'buildkit'].includes(value)) ||
      hasMethods(value, 'execute'),
  ),
  sdist: oneOf(['host', 'docker', 'forbid']),
  installer: oneOf(['uv', 'pip']),
  packaging: oneOf(['zip', 'directory']),
  phase: oneOf(['synth', 'publish']),
  bytecode: oneOf(['auto', 'require', 'off']),
  dependencies: mustBe(
    '"bundle" or "layer"; the property `dependencies` of the function says what is installed',
    (value) => value === 'bundle' || value === 'layer',
  ),
  sbom: isBoolean,
  image: mustBe(
    'the name of an image, or a DockerImage',
    (value) => typeof value === 'string' || (isObject(value) && typeof value['image'] === 'string'),
  ),
  buildArgs: isTexts,
  environment: isTexts,
  network: isText,
  user: isText,
  volumes: listOf(objectWith(VOLUME, ['hostPath', 'containerPath']), 'a list of volumes'),
  volumesDigest: isText,
  volumesFrom: texts,
  workingDirectory: isText,
  securityOpt: isText,
  capAdd: texts,
  pidsLimit: isNumber,
  memory: isText,
  platform: isText,
  entrypoint: texts,
  command: texts,
  bundlingFileAccess: oneOf(Object.values(BundlingFileAccess)),
  commandHooks: areHooks,
  outputPathSuffix: isText,
  assetHash: isText,
  assetHashType: oneOf(Object.values(AssetHashType)),
  poetryIncludeHashes: isBoolean,
  poetryWithoutUrls: isBoolean,
  exclude: texts,
  assetExcludes: texts,
  include: listOf(objectWith(INCLUDE, ['from', 'to']), 'a list of objects with from and to'),
  followSymlinks: oneOf(Object.values(SymlinkFollowMode)),
} satisfies Readonly<Record<keyof NonNullable<PythonFunctionProps['bundling']>, Check>>;
