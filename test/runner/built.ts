/**
 * Builds `lib` unless it is what the last build made of these very sources. A changed, added or deleted file of either
 * folder is noticed by its content, so that what is tested is never an old build.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const STAMP = path.join(ROOT, '.cache/built');

/** What a build reads, and what it writes. */
const SOURCES = ['src', 'build', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
const OUTPUT = 'lib';

const filesAt = (name: string): readonly string[] => {
  const file = path.join(ROOT, name);
  if (!existsSync(file)) return [];
  const entries = name.includes('.')
    ? undefined
    : readdirSync(file, { recursive: true, withFileTypes: true });
  return entries === undefined
    ? [file]
    : entries
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .sort();
};

const stamp = (): string => {
  const hash = createHash('sha256');
  for (const file of [...SOURCES, OUTPUT].flatMap(filesAt)) {
    hash
      .update(`${path.relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
};

if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== stamp()) {
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: 'inherit' });
  process.exitCode = status ?? 1;
  if (status === 0) {
    mkdirSync(path.dirname(STAMP), { recursive: true });
    writeFileSync(STAMP, stamp());
  }
}
