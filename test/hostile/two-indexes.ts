import * as fs from 'node:fs';
import * as path from 'node:path';
import { sha256 } from '../../src/plan/values/hash';
import type { OpenIndex } from '../support/open-index';
import { openIndex } from '../support/open-index';
import { writeTree } from '../support/temporary';
import { wheelFolder } from '../support/wheel';
import type { Tool } from './machines';

/** Two builds of one version, as a company and a stranger have them. */
export const MINE = wheelFolder('corp', { 'corp.py': 'WHOSE = "mine"\n' });
export const THEIRS = wheelFolder('corp', { 'corp.py': 'WHOSE = "theirs"\n' });

export const HASH = `--hash=sha256:${sha256(fs.readFileSync(path.join(MINE, 'corp-1-py3-none-any.whl')))}`;

export const withIndexes = async (
  work: (mine: OpenIndex, theirs: OpenIndex) => Promise<void>,
): Promise<void> => {
  const [mine, theirs] = [await openIndex(MINE), await openIndex(THEIRS)];
  try {
    await work(mine, theirs);
  } finally {
    mine.close();
    theirs.close();
  }
};

export const indexFor = (tool: Tool, { url }: OpenIndex): NodeJS.ProcessEnv =>
  tool === 'uv' ? { UV_DEFAULT_INDEX: url } : { PIP_INDEX_URL: url };

export const settingsOf = (home: string, tool: Tool, { url }: OpenIndex): void =>
  writeTree(
    home,
    tool === 'uv'
      ? { '.config/uv/uv.toml': `[[index]]\nname = "company"\nurl = "${url}"\ndefault = true\n` }
      : { '.config/pip/pip.conf': `[global]\nindex-url = ${url}\n` },
  );
