import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sha256 } from '../../src/plan/values/hash';
import { planWith } from '../exec/support/plans';
import { hashingIndex } from '../support/open-index';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder, writeTree } from '../support/temporary';
import { wheelFolder } from '../support/wheel';
import type { Tool } from './machines';
import { BOTH, machine, madeOn } from './machines';

const test = suite('local folders as indexes');
const { row, run } = reliabilityTable(test, 'hostile: local folders as indexes');

const WHEEL = 'corp-1-py3-none-any.whl';

/** Two builds of one version, with an equal length. */
const ONE = path.join(wheelFolder('corp', { 'corp.py': 'WHOSE = "one"\n' }), WHEEL);
const TWO = path.join(wheelFolder('corp', { 'corp.py': 'WHOSE = "two"\n' }), WHEEL);

const put = (wheel: string, folder: string): void => {
  fs.mkdirSync(folder, { recursive: true });
  fs.copyFileSync(wheel, path.join(folder, WHEEL));
};

const linksFor = (tool: Tool, value: string): NodeJS.ProcessEnv =>
  tool === 'uv' ? { UV_FIND_LINKS: value, UV_NO_INDEX: '1' } : { PIP_FIND_LINKS: value, PIP_NO_INDEX: '1' };

const indexFor = (tool: Tool, value: string): NodeJS.ProcessEnv =>
  tool === 'uv' ? { UV_DEFAULT_INDEX: value } : { PIP_INDEX_URL: value };

const page = (...links: readonly string[]): string =>
  `<!DOCTYPE html><html><body>${links.map((link) => `<a href="${link}">${WHEEL}</a>`).join('\n')}</body></html>`;

/** A place in a new folder: where the wheel lies, and what names the place. */
interface Shape {
  readonly tools?: readonly Tool[];
  readonly wheelIn: string;
  readonly tree?: Readonly<Record<string, string>>;
  readonly links?: Readonly<Record<string, string>>;
  readonly named: (root: string, tool: Tool) => NodeJS.ProcessEnv;
}

const SHAPES: Readonly<Record<string, Shape>> = {
  'a folder that has a link to nowhere': {
    wheelIn: 'f',
    links: { 'f/a-link': 'nowhere' },
    named: (root, tool) => linksFor(tool, path.join(root, 'f')),
  },
  'a folder with a space in its name': {
    tools: ['uv'],
    wheelIn: 'f l',
    named: (root) => linksFor('uv', path.join(root, 'f l')),
  },
  'a folder with a space in its name, which uv has and pip installs': {
    tools: ['pip'],
    wheelIn: 'f l',
    named: (root) => linksFor('uv', path.join(root, 'f l')),
  },
  'the home of the user, as `~`': {
    wheelIn: 'home/w',
    named: (root) => ({ HOME: path.join(root, 'home'), ...linksFor('pip', '~/w') }),
  },
  'a `file:` URL with `%20`': {
    wheelIn: 'f l',
    named: (root, tool) => linksFor(tool, pathToFileURL(path.join(root, 'f l')).href),
  },
  'an index that has a link to the folder of a project': {
    wheelIn: 'real',
    tree: { 'real/index.html': page(WHEEL), 'index/index.html': '' },
    links: { 'index/corp': '../real' },
    named: (root, tool) => indexFor(tool, pathToFileURL(path.join(root, 'index')).href),
  },
  'an index with a page that links to a folder beside it': {
    wheelIn: 'files',
    tree: { 'index/corp/index.html': page(`../../files/${WHEEL}`) },
    named: (root, tool) => indexFor(tool, pathToFileURL(path.join(root, 'index')).href),
  },
  'a page as find-links': {
    tools: ['pip'],
    wheelIn: 'files',
    tree: { 'page.html': page(`files/${WHEEL}`) },
    named: (root) => linksFor('pip', path.join(root, 'page.html')),
  },
};

row(
  'a folder or a page of the machine that an index or find-links names; its wheel changes',
  'the bundle has the wheel that lies there now',
  async (tryCase) => {
    for (const [name, { tools = BOTH, wheelIn, tree = {}, links = {}, named }] of Object.entries(SHAPES)) {
      for (const tool of tools) {
        await tryCase(`${tool}: ${name}`, async () => {
          const root = temporaryFolder();
          const folder = path.join(root, wheelIn);
          writeTree(root, tree);
          put(ONE, folder);
          for (const [link, target] of Object.entries(links)) fs.symlinkSync(target, path.join(root, link));
          const environment = machine(tool, {
            CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
            ...named(root, tool),
          });
          const made = () => madeOn(planWith('corp==1\n'), environment);
          assert.is(await made(), 'WHOSE = "one"');
          put(TWO, folder);
          assert.is(await made(), 'WHOSE = "two"');
        });
      }
    }
  },
);

row(
  'find-links of one of pip and uv beside an index that has not the package',
  'both tools look there, whichever installs',
  async (tryCase) => {
    for (const named of BOTH) {
      for (const tool of BOTH) {
        await tryCase(`${tool}, named for ${named}`, async () => {
          const root = temporaryFolder();
          put(ONE, path.join(root, 'w'));
          writeTree(root, { 'index/other/index.html': '' });
          const links = { [named === 'uv' ? 'UV_FIND_LINKS' : 'PIP_FIND_LINKS']: path.join(root, 'w') };
          const index = indexFor(named, pathToFileURL(path.join(root, 'index')).href);
          const environment = machine(tool, {
            CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
            ...links,
            ...index,
          });
          assert.is(await madeOn(planWith('corp==1\n'), environment), 'WHOSE = "one"');
        });
      }
    }
    await tryCase('uv, named in pip.conf with `~`', async () => {
      const environment = machine('uv', { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() });
      const home = environment['HOME'] ?? '';
      put(ONE, path.join(home, 'w'));
      writeTree(home, { 'index/other/index.html': '' });
      const index = pathToFileURL(path.join(home, 'index')).href;
      writeTree(home, {
        '.config/pip/pip.conf': `[global]\nfind-links = ~/w\nindex-url = ${index}\n`,
      });
      assert.is(await madeOn(planWith('corp==1\n'), environment), 'WHOSE = "one"');
    });
  },
);

row(
  'find-links and an index have two files of one version',
  'both tools take that of find-links, unless only the hash of the other is allowed',
  async (tryCase) => {
    const [links, index] = [await hashingIndex(path.dirname(ONE)), await hashingIndex(path.dirname(TWO))];
    const FOLDER = `--find-links ${path.dirname(ONE)}\n`;
    const INDEX = `--index-url ${index.url}\n`;
    const ofIndex = ` --hash=sha256:${sha256(fs.readFileSync(TWO))}`;
    const ofLinks = ` --hash=sha256:${sha256(fs.readFileSync(ONE))}`;
    const cases = [
      ['a folder', `${INDEX}${FOLDER}corp==1`, 'one'],
      ['a folder that is named first', `${FOLDER}${INDEX}corp==1`, 'one'],
      ['a page', `${INDEX}--find-links ${links.url}/corp\ncorp`, 'one'],
      ['a hash of the folder', `${INDEX}${FOLDER}corp==1${ofLinks}`, 'one'],
      ['a hash of the index', `${INDEX}${FOLDER}corp==1${ofIndex}`, 'two'],
    ] as const;
    for (const tool of BOTH)
      for (const [name, declared, whose] of cases)
        await tryCase(`${tool}: ${name}`, async () => {
          const environment = machine(tool, { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() });
          assert.is(await madeOn(planWith(`${declared}\n`), environment), `WHOSE = "${whose}"`);
        });
    links.close();
    index.close();
  },
);

row(
  'a folder of find-links that is not there',
  'uv installs nothing, and the error names it',
  async (tryCase) => {
    await tryCase('uv, named for pip', async () => {
      const missing = path.join(temporaryFolder(), 'w');
      const environment = machine('uv', {
        CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
        ...linksFor('pip', missing),
      });
      const said = await madeOn(planWith('corp==1\n'), environment);
      assert.ok(said.includes(`Failed to read \`--find-links\` directory: ${missing}`), said);
    });
  },
);

row(
  'a declared index, or find-links of a requirements file, whose page links to a file outside the folder',
  'no plan, and an error that names page and link',
  async (tryCase) => {
    const saidOf = (work: () => unknown): string => {
      try {
        work();
        return 'a plan';
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    };
    for (const link of [`../../files/${WHEEL}`, pathToFileURL(ONE).href, `&#46;&#46;/../files/${WHEEL}`]) {
      await tryCase(`an index: ${link}`, () => {
        const root = temporaryFolder();
        writeTree(root, { 'index/corp/index.html': page(link) });
        const index = pathToFileURL(path.join(root, 'index')).href;
        const said = saidOf(() => planWith(`--index-url ${index}\ncorp==1\n`));
        const written = link.replaceAll('&#46;', '.');
        assert.ok(
          said.startsWith(
            `${path.join(root, 'index')} is named as a package index, but cannot be read: corp/index.html links to ${written}, outside the folder.`,
          ),
          said,
        );
      });
    }
    const trees: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
      [
        'links',
        { 'links/more.html': page(`../files/${WHEEL}`) },
        `more.html links to ../files/${WHEEL}, outside the folder`,
      ],
      [
        'page.html',
        { 'page.html': page(`files/${WHEEL}`) },
        `page.html links to files/${WHEEL}, and a page is read alone: name the folder`,
      ],
    ];
    for (const [named, tree, reason] of trees) {
      await tryCase(`find-links: ${named}`, () => {
        const said = saidOf(() => planWith(`--find-links ${named}\ncorp==1\n`, {}, tree));
        assert.ok(said.includes(`is named as a package index, but cannot be read: ${reason}.`), said);
      });
    }
    await tryCase('links within the folder, and to the network', () => {
      const root = temporaryFolder();
      writeTree(root, {
        'index/corp/index.html': page(
          `../files/${WHEEL}`,
          `https://h.example/${WHEEL}`,
          '../../',
          '/style.css',
        ),
      });
      const index = pathToFileURL(path.join(root, 'index')).href;
      assert.is(
        saidOf(() => planWith(`--index-url ${index}\ncorp==1\n`)),
        'a plan',
      );
    });
  },
);

run();
