import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Tool } from '../support/local-build';
import { HANDLER, HATCH, planIn, TOOLS } from '../support/local-build';
import { execute } from '../support/bundle-file';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('local packages that hold native code for another target');

/** The head of a 64-bit ELF file. */
const elf = (machine: number): Buffer => {
  const bytes = Buffer.alloc(64);
  bytes.write('\u007fELF', 'latin1');
  bytes.set([2, 1], 4);
  bytes.writeUInt16LE(machine, 18);
  return bytes;
};
const X86 = elf(62);

/** What becomes of a package `one` that ships an extension which a build has left in its sources. */
const outcome = async (
  extension: string,
  tool: Tool,
  changes: Parameters<typeof planIn>[1] = {},
): Promise<unknown> => {
  const root = temporaryFolder();
  writeTree(root, {
    '.git/HEAD': '',
    'fn/h.py': HANDLER,
    'fn/requirements.txt': '-e ../pk\n',
    'pk/pyproject.toml': HATCH(
      '[tool.hatch.build.targets.wheel]\npackages = ["src/one"]\nartifacts = ["*.so"]\n',
    ),
    'pk/src/one/__init__.py': '',
  });
  fs.writeFileSync(path.join(root, 'pk/src/one', extension), X86);
  const [report] = await execute([planIn(root, changes)], {
    ...environmentWith({ [tool]: true }),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  });
  return report?.outcome._tag === 'Failed' ? report.outcome.error : report?.outcome._tag;
};

test('one for another machine or another Python is an error, whatever tag the wheel has', async () => {
  const of = (python: string): string => `_x.cpython-${python}-x86_64-linux-gnu.so`;
  for (const tool of TOOLS) {
    const refused = { _tag: 'WrongLocalBinary', distribution: 'one-1' };
    assert.equal(await outcome(of('313'), tool, { architecture: 'arm64' }), {
      ...refused,
      path: `one/${of('313')}`,
      needs: 'x86_64',
      target: 'Python 3.13 on arm64 (glibc 2.34)',
    });
    assert.equal(await outcome(of('311'), tool), {
      ...refused,
      path: `one/${of('311')}`,
      needs: 'Python 3.11',
      target: 'Python 3.13 on x86_64 (glibc 2.34)',
    });
    assert.is(await outcome(of('313'), tool), 'Bundled');
  }
});

test.run();
