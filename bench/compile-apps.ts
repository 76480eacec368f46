import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { compiledApps } from './places';

/** What is loaded into the processes of an untimed run to see what they start; see `observe.ts`. */
export const observer = path.join(compiledApps, 'observe.js');

/** Compiles the apps, so that they are run by plain `node` as a user's are in production: no loader in what is timed. */
export const compileApps = (): void => {
  mkdirSync(compiledApps, { recursive: true });
  const apps = path.join(__dirname, 'apps');
  const sources = [
    ...readdirSync(apps).map((name) => path.join(apps, name)),
    path.join(__dirname, 'observe.ts'),
  ];
  for (const source of sources) {
    const { outputText } = transpileModule(readFileSync(source, 'utf8'), {
      compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true },
    });
    writeFileSync(path.join(compiledApps, path.basename(source).replace(/\.ts$/, '.js')), outputText);
  }
};
