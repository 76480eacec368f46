import * as path from 'node:path';
import type { BuildFileTexts } from './outside-paths';
import { packageRoots } from '../local/package-roots';
import { readableToml } from '../project/readable-toml';
import { cfgValue, listed } from '../local/setup-cfg';
import { setupRoots } from '../local/setup-roots';
import { asText, tableAt, textAt } from '../../values/toml-values';

/** A module from which setuptools reads a value or a command class. */
interface AttrModule {
  /** The possible files of the module, relative to the package's folder. */
  readonly files: readonly string[];
  readonly attribute: string;
}

/** `package.module.ATTRIBUTE`, as pyproject.toml and setup.cfg name them. */
const attrsIn = ({ 'pyproject.toml': pyproject = '', 'setup.cfg': cfg = '' }: BuildFileTexts) => [
  ...Object.values(tableAt(readableToml(pyproject), 'tool', 'setuptools', 'dynamic') ?? {}).flatMap(
    (value) => textAt(value, 'attr') ?? [],
  ),
  ...[...cfg.matchAll(/[=:][ \t]*attr:[ \t]*([\w.]+)/g)].flatMap(([, attr]) => attr ?? []),
];

/** `build_py = "package.module.Class"`: setuptools runs the module for the command. */
const commandsIn = ({ 'pyproject.toml': pyproject = '', 'setup.cfg': cfg = '' }: BuildFileTexts) => [
  ...Object.values(tableAt(readableToml(pyproject), 'tool', 'setuptools', 'cmdclass') ?? {}).flatMap(
    (value) => asText(value) ?? [],
  ),
  ...listed(cfgValue(cfg, 'options', 'cmdclass')).map((line) => line.replace(/^[^=]*=\s*/, '')),
];

/**
 * The modules from which a setuptools build reads a value or a command class.
 *
 * @see https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html#dynamic-metadata
 */
export const attrModules = (texts: BuildFileTexts): readonly AttrModule[] => {
  const roots = [
    '.',
    ...packageRoots(texts['pyproject.toml'] ?? '', texts['hatch.toml']),
    ...setupRoots(texts),
  ];
  return [...new Set([...attrsIn(texts), ...commandsIn(texts)])].map((attr) => {
    const parts = attr.trim().split('.');
    const module = parts.length > 1 ? parts.slice(0, -1) : ['__init__'];
    const files = roots.flatMap((root) => {
      const file = path.posix.join(root, ...module);
      return [`${file}.py`, `${file}/__init__.py`];
    });
    return { files: [...new Set(files)], attribute: parts.at(-1) ?? '' };
  });
};

/** A literal text or number, or a tuple of them. */
const LITERAL = String.raw`[rbu]?(?:"[^"\n]*"|'[^'\n]*'|\([\d\s,."']*\)|\d[\d.]*)`;

/** Whether setuptools must run a module to get a value. It reads a literal without running the module. */
export const isRunFor = (text: string, attribute: string): boolean =>
  !new RegExp(String.raw`^${attribute}[ \t]*(?::[^=\n]*)?=[ \t]*${LITERAL}[ \t]*(?:#.*)?\r?$`, 'm').test(
    text,
  );
