import { isLeft } from 'fp-ts/Either';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BundlePlan } from '../../../src/plan/model/bundle-plan';
import { DEFAULT_DEPENDENCIES } from '../../../src/plan/request/bundle-request';
import { decodePlan, showPlanFieldErrors } from '../../../src/plan/decode/decode-plan';
import { pointer } from '../../../src/plan/values/field-error';
import { arbitraryPlan, isPlan } from '../support/arbitraries';
import type { Json, Path } from '../support/mutations';
import { changed, isObject, ofAnotherKind, pathsOf, valueAt, widened } from '../support/mutations';
import {
  asJson,
  file,
  folder,
  planned,
  refusals,
  request,
  requiring,
  snapshot,
  SOURCE,
} from '../support/world';

const test = suite('decode plan');

/** A plan with something in every field that may have something. */
const full = planned(
  request({
    docker: {
      network: 'host',
      user: '1:2',
      securityOpt: 'no-new-privileges',
      capAdd: ['CHOWN'],
      pidsLimit: 99,
      memory: '2g',
      volumesFrom: ['wheels'],
      volumesDigest: 'v1',
      entrypoint: ['env', 'A=b'],
      environment: ['TOKEN', 'STAGE'],
      volumes: [{ hostPath: '/w', containerPath: '/w', readOnly: true }],
    },
    dependencies: { ...DEFAULT_DEPENDENCIES, omit: ['boto3'], exclude: ['*.pyi'] },
    hooks: { before: ['make a'], after: ['make b'] },
    variables: { TOKEN: 'secret', STAGE: 'dev' },
  }),
  {
    ...requiring('-e ../y\n-r https://h/a.txt\n', folder('y', '/app/y', [file('setup.py', '', true)])),
    entry: { root: '/app/lib', path: 'stack.my_handler.py', source: 'def a(): pass' },
    files: [file('stack.my_handler.py', SOURCE), file('data.csv', 'a,b')],
  },
);
const json = asJson(full) as Json;
const least = asJson(planned(request(), snapshot())) as Json;

const errorsOf = (value: unknown): readonly string[] => {
  const decoded = decodePlan(value);
  return isLeft(decoded) ? decoded.left.map(({ path }) => path) : [];
};

test('what plan() gives, decodePlan takes, and it is the same; nothing is ever thrown', () => {
  let plans = 0;
  fc.assert(
    fc.property(arbitraryPlan, (result) => {
      if (!isPlan(result)) return assert.ok(result.length > 0);
      plans += 1;
      assert.equal(BundlePlan.encode(result), result);
      assert.equal(decodePlan(result), { _tag: 'Right', right: result });
      assert.equal(decodePlan(asJson(result)), { _tag: 'Right', right: result });
    }),
    { numRuns: 500 },
  );
  assert.ok(plans > 100, `${plans} of 500`);
});

test('these plans are plans', () => {
  assert.equal(errorsOf(json), []);
  assert.equal(errorsOf(least), []);
  assert.is(full.warnings.length, 3);
  assert.equal(refusals(), []);
});

const all = pathsOf(json);

test('a value of another kind is refused at exactly its place', () => {
  for (const path of all) {
    assert.equal(errorsOf(changed(json, path, ofAnotherKind)), [pointer(path)], pointer(path));
  }
});

test('a field that is taken out is refused at exactly its place', () => {
  const isField = (path: Path): boolean => path.length > 0 && isObject(valueAt(json, path.slice(0, -1)));
  for (const path of all.filter(isField)) {
    assert.equal(errorsOf(changed(json, path, () => undefined)), [pointer(path)], pointer(path));
  }
});

test('a field that is unknown is refused at exactly its place, whatever its name', () => {
  for (const path of all.filter((each) => isObject(valueAt(json, each)))) {
    for (const name of ['extra', '__proto__', 'constructor', 'toString', 'a b']) {
      const place = pointer([...path, name]);
      assert.equal(errorsOf(widened(json, path, name)), [place], place);
    }
  }
});

test('null is refused but where nothing may be', () => {
  const may = [
    '/entry/path',
    '/handler',
    '/install',
    '/install/declaration',
    '/install/resolvedAsOf',
    '/bytecode',
    '/install/declared/variables',
    '/install/declared/volumesDigest',
    '/install/declared/onlyFor',
    '/hash/dependencies',
    '/hash/bytecode',
  ];
  may.push(
    ...['user', 'network', 'securityOpt', 'capAdd', 'memory', 'entrypoint'].map(
      (option) => `/install/docker/${option}`,
    ),
  );
  for (const path of all.filter((each) => !may.includes(pointer(each)))) {
    assert.equal(errorsOf(changed(json, path, () => null)), [pointer(path)], pointer(path));
  }
});

test('any text in place of another is refused, but for what is only said', () => {
  /** Locations, words for people, and what only the disk can tell. */
  const free =
    /^\/(label|output\/(path|packaging)|install\/declaration|install\/inputs\/\d+\/(from|digest|edits\/\d+\/text)|warnings\/\d+\/(runtime|handler|entry|file|functions\/\d+))$/;
  /** The user may have chosen another asset hash. */
  const isChosen = (path: Path, text: string): boolean =>
    pointer(path) === '/hash/asset' && text.length === 64;
  const texts = all.filter((path) => typeof valueAt(json, path) === 'string' && !free.test(pointer(path)));
  for (const path of texts) {
    for (const text of ['', '-x', '/x', '../x', 'x', '/asset-input', 'host', 'f'.repeat(64)]) {
      if (text === valueAt(json, path) || isChosen(path, text)) continue;
      assert.not.equal(errorsOf(changed(json, path, () => text)), [], `${pointer(path)} ${text}`);
    }
  }
});

test('what is no plan at all is refused as a whole', () => {
  for (const value of [null, undefined, 1, 'plan', true, [], [json], () => json]) {
    assert.equal(errorsOf(value), ['']);
  }
  assert.equal(errorsOf({}).length, 15);
});

test('another version is told as that and as nothing else', () => {
  assert.equal(decodePlan({ version: 2, anything: 'else' }), {
    _tag: 'Left',
    left: [
      {
        path: '/version',
        message:
          'this plan has version 2, this library reads version 1: it was made by a newer version of cdk-lambda-python. Run the version of the library that made it',
      },
    ],
  });
  assert.equal(errorsOf(changed(json, ['version'], () => '1')), ['/version']);
});

test('a value that is nested without end is refused like any other', () => {
  const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as Json;
  const deepObject = JSON.parse('{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000)) as Json;
  assert.equal(errorsOf(deep), ['']);
  for (const path of all.filter((each) => each.length > 0)) {
    assert.equal(errorsOf(changed(json, path, () => deepObject)).length > 0, true);
  }
  for (const nested of [deep, deepObject]) {
    const decoded = decodePlan(changed(json, ['label'], () => nested));
    assert.ok(isLeft(decoded) && showPlanFieldErrors(decoded.left).length < 60);
  }
});

test('the messages are short, and say what was expected', () => {
  const messages = (path: Path, value: Json): string => {
    const decoded = decodePlan(changed(json, path, () => value));
    return isLeft(decoded) ? showPlanFieldErrors(decoded.left) : '';
  };
  assert.is(messages([], null), 'the plan: expected BundlePlan, got null');
  assert.is(messages(['label'], 5), '/label: expected string, got 5');
  assert.is(messages(['sources', '0', 'size'], -1), '/sources/0/size: expected Natural, got -1');
  assert.is(messages(['install'], []), '/install: expected InstallPlan or null, got an array');
  assert.is(
    messages(['sources', '0', 'digest'], 'x'.repeat(1_000_000)),
    `/sources/0/digest: expected Digest, got "${'x'.repeat(57)}…"`,
  );
  assert.is(
    messages(['install', 'docker', 'command', '0'], 'sh'),
    '/install/docker/command/0: must be "python", got "sh"',
  );
  assert.is(
    messages(['warnings', '0', '_tag'], 'Other'),
    '/warnings/0/_tag: expected tag of PlanWarning, got "Other"',
  );
});

test('every wrong field is told, one a line', () => {
  const wrong = changed(
    changed(json, ['label'], () => 1),
    ['install', 'inputs', '0', 'path'],
    () => '../x',
  );
  const decoded = decodePlan(wrong);
  assert.is(
    isLeft(decoded) ? showPlanFieldErrors(decoded.left) : '',
    '/label: expected string, got 1\n/install/inputs/0/path: expected RelativePath, got "../x"',
  );
});

test.run();
