import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { cached } from './python-tools';

const NAME = '@aws-cdk/aws-lambda-python-alpha';
const VERSION = '2.269.0-alpha.0';

const root = path.resolve(__dirname, '../..');

/** The package's declarations and code, in a folder from which this repository's CDK is found. */
const alphaFolder = (): string =>
  path.join(
    cached(`aws-lambda-python-alpha-${VERSION}`, (target) => {
      execFileSync('npm', ['pack', '--silent', '--pack-destination', target, `${NAME}@${VERSION}`]);
      execFileSync('sh', ['-c', 'tar -xzf *.tgz && rm *.tgz'], { cwd: target });
    }),
    'package',
  );

/** The text of a user's file, with this library in the place of AWS's construct. */
export const migrated = (file: string, library: string): string => {
  const text = readFileSync(file, 'utf8');
  if (text.split(`'${NAME}'`).length !== 2) throw new Error(`${file} does not have one import to change`);
  return text.replace(`'${NAME}'`, `'${library}'`);
};

/** What the compiler finds wrong with files that may import either library under its name. */
export const problemsOf = (files: readonly string[]): readonly string[] => {
  const program = ts.createProgram([...files], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    types: ['node'],
    typeRoots: [path.join(root, 'node_modules/@types')],
    paths: {
      [NAME]: [path.join(alphaFolder(), 'lib/index.d.ts')],
      'cdk-lambda-python': [path.join(root, 'src/construct/index.ts')],
    },
  });
  return program
    .getSourceFiles()
    .filter(({ fileName }) => files.includes(fileName))
    .flatMap((file) => ts.getPreEmitDiagnostics(program, file))
    .map(({ file, start = 0, messageText }) => {
      const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
      const name = path.basename(file?.fileName ?? '');
      return `${name}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
};
