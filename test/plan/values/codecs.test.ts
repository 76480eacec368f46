import { isRight } from 'fp-ts/Either';
import * as fc from 'fast-check';
import * as t from 'io-ts';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as codecs from '../../../src/plan/values/codecs';
import { fieldErrorOf } from '../../../src/plan/values/field-error';

const test = suite('codecs');

/** What is wrong with a value, as `path: message`. */
const errors = (codec: t.Mixed, value: unknown): readonly string[] => {
  const decoded = codec.decode(value);
  return isRight(decoded)
    ? []
    : decoded.left.map(fieldErrorOf).map(({ path, message }) => `${path}: ${message}`);
};

/** Texts a codec takes, and texts it refuses. */
const texts: Readonly<Record<string, readonly [accepted: readonly string[], refused: readonly string[]]>> = {
  Digest: [
    ['0123456789abcdef'.repeat(4)],
    ['', 'a', 'A'.repeat(64), 'g'.repeat(64), 'a'.repeat(65), `${'a'.repeat(64)}\n`],
  ],
  RelativePath: [
    [
      'a',
      'a/b',
      '..a',
      'a..',
      '...',
      '-x',
      ' ',
      "it's",
      '$(touch x)',
      'größe',
      'a\\b',
      'c:x',
      'ab:/x',
      'a/c:/x',
      'a\nb',
      'C',
      'a'.repeat(4096),
    ],
    [
      '',
      '/',
      '/a',
      'a/',
      'a//b',
      '.',
      './a',
      'a/./b',
      '..',
      '../a',
      'a/..',
      'a/../b',
      '..\\a',
      'a\\..\\b',
      'a/b\\..',
      'C:\\a',
      'c:/a',
      'a\0b',
      'a'.repeat(4097),
    ],
  ],
  RelativeFolder: [
    ['.', 'a', 'a/b'],
    ['', '..', '/', './a', 'a/'],
  ],
  AbsolutePath: [
    ['/', '/a b/../c', 'C:\\a', 'c:/a', '\\\\server\\a'],
    ['', 'a', './a', '../a', 'C:a', '\\a', '/a\0', 'file:///a'],
  ],
  MountSource: [
    ['input', 'output', '/a', 'C:\\a'],
    ['', 'Input', 'a', '{input}', '../a'],
  ],
  EnvironmentName: [
    ['A', '_', 'a1_B'],
    ['', '1A', 'A=b', 'A B', 'A-B', 'Ä', 'A\n'],
  ],
  PlainArgument: [
    ['a', 'a b', "it's", 'ä', 'a:b@c', 'a-'],
    ['', '-a', '--privileged', 'a\n', '\u007f', 'a\0'],
  ],
  Line: [
    ['', 'a\tb', 'ä 😀', '-a'],
    ['\n', 'a\r', 'a\u000bb', 'a\u000cb', 'a\u001cb', 'a\u0085b', 'a\u2028b', 'a\u2029', 'a\0'],
  ],
  PackageName: [
    ['a', 'A.b-c_1', '1'],
    ['', '-a', 'a-', '.a', 'a b', '--evil', 'ä', 'a/b', 'a\n'],
  ],
  LambdaHandler: [
    ['a.b', 'a.b.c', 'größe.h', 'src/a.b', '-a.b', `a.${'b'.repeat(126)}`],
    ['', 'a', '.', 'a.', '.a', 'a..b', 'a b.c', 'a.b ', 'a.\tb', `a.${'b'.repeat(127)}`],
  ],
};

for (const [name, [accepted, refused]] of Object.entries(texts)) {
  test(`${name} takes what it must, and nothing else`, () => {
    const codec = codecs[name as 'Digest'];
    assert.is(codec.name, name);
    assert.equal(
      [...accepted, ...refused].filter((value) => codec.is(value)),
      accepted,
    );
    assert.equal(
      [...accepted, ...refused].filter((value) => isRight(codec.decode(value))),
      accepted,
    );
    for (const value of [null, undefined, 1, {}, ['a'], new String('a.b')]) assert.not.ok(codec.is(value));
    assert.match(errors(codec, 7).join(), `: expected ${name}, got 7`);
  });
}

test('Natural is a whole number that is not negative', () => {
  const accepted = [0, 1, Number.MAX_SAFE_INTEGER];
  const refused = [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '1', null, undefined, [1]];
  assert.equal(
    [...accepted, ...refused].filter((value) => codecs.Natural.is(value)),
    accepted,
  );
  assert.equal(errors(codecs.Natural, -1), [': expected Natural, got -1']);
});

const Point = codecs.closed({ x: t.number, y: t.number }, 'Point');

test('a closed object has its fields, each right, and no other', () => {
  assert.equal(Point.decode({ x: 1, y: 2 }), { _tag: 'Right', right: { x: 1, y: 2 } });
  assert.equal(errors(Point, { x: 1 }), ['/y: expected number, got nothing']);
  assert.equal(errors(Point, { x: 'a', y: null }), [
    '/x: expected number, got "a"',
    '/y: expected number, got null',
  ]);
  assert.equal(errors(Point, { x: 1, y: 2, z: 3 }), ['/z: unknown field']);
  assert.equal(errors(Point, { x: 1, z: 3 }), ['/y: expected number, got nothing', '/z: unknown field']);
  for (const name of ['__proto__', 'constructor', 'toString', 'a/b~c']) {
    const value: unknown = JSON.parse(`{"x":1,"y":2,${JSON.stringify(name)}:{"x":1}}`);
    assert.equal(errors(Point, value), [`/${name.replace('~', '~0').replace('/', '~1')}: unknown field`]);
    assert.not.ok(Point.is(value));
  }
  assert.ok(Point.is({ x: 1, y: 2 }));
});

test('what is no object is told as a whole, however long it is', () => {
  assert.equal(errors(Point, null), [': expected Point, got null']);
  assert.equal(errors(Point, [1, 2]), [': expected Point, got an array']);
  assert.equal(errors(Point, 'a'), [': expected Point, got "a"']);
  assert.equal(errors(Point, undefined), [': expected Point, got nothing']);
});

const Maybe = codecs.nullable(Point);

test('what is wrong in a value that may be null is told once', () => {
  assert.equal(errors(Maybe, null), []);
  assert.equal(errors(Maybe, { x: 1, y: 2 }), []);
  assert.equal(errors(Maybe, { x: 1, y: 'a' }), ['/y: expected number, got "a"']);
  assert.equal(errors(Maybe, 5), [': expected Point or null, got 5']);
  assert.equal(
    [null, { x: 1, y: 2 }, { x: 1 }, undefined].map((value) => Maybe.is(value)),
    [true, true, false, false],
  );
  assert.is(Maybe.encode(null), null);
  assert.equal(Maybe.encode({ x: 1, y: 2 }), { x: 1, y: 2 });
});

type Shape = { readonly _tag: 'Circle'; readonly r: number } | { readonly _tag: 'Dot' };
const Shape = codecs.tagged<Shape>(
  {
    Circle: codecs.closed({ _tag: t.literal('Circle'), r: t.number }, 'Circle'),
    Dot: codecs.closed({ _tag: t.literal('Dot') }, 'Dot'),
  },
  'Shape',
);

test('of tagged objects only the one that is meant says what is wrong', () => {
  assert.equal(errors(Shape, { _tag: 'Circle', r: 1 }), []);
  assert.equal(errors(Shape, { _tag: 'Dot' }), []);
  assert.equal(errors(Shape, { _tag: 'Circle', r: 'a' }), ['/r: expected number, got "a"']);
  assert.equal(errors(Shape, { _tag: 'Dot', r: 1 }), ['/r: unknown field']);
  assert.equal(errors(Shape, { r: 1 }), ['/_tag: expected tag of Shape, got nothing']);
  for (const tag of ['Square', 'constructor', '__proto__', 1, null, ['Dot']]) {
    assert.match(errors(Shape, { _tag: tag }).join(), /^\/_tag: expected tag of Shape, got /);
    assert.not.ok(Shape.is({ _tag: tag }));
  }
  assert.equal(errors(Shape, 'Dot'), [': expected Shape, got "Dot"']);
  assert.ok(Shape.is({ _tag: 'Dot' }));
  assert.equal(Shape.encode({ _tag: 'Circle', r: 1 }), { _tag: 'Circle', r: 1 });
});

test('values are encoded by the codecs they are made of', () => {
  const Upper = new t.Type<string>('Upper', t.string.is, t.string.validate, (text) => text.toUpperCase());
  assert.is(codecs.nullable(Upper).encode(null), null);
  assert.is(codecs.nullable(Upper).encode('a'), 'A');
  assert.equal(codecs.closed({ a: Upper }, 'A').encode({ a: 'a' }), { a: 'A' });
  const A = codecs.closed({ _tag: t.literal('A'), a: Upper }, 'A');
  assert.equal(
    codecs.tagged<{ readonly _tag: 'A'; readonly a: string }>({ A }, 'Tagged').encode({ _tag: 'A', a: 'a' }),
    { _tag: 'A', a: 'A' },
  );
});

test('a relative path stays inside, with either separator', () => {
  const part = fc.constantFrom('a', '..', '.', '', 'b\\..', '..\\c', '\\', 'C:', 'C:\\');
  fc.assert(
    fc.property(fc.array(part, { minLength: 1 }), (parts) => {
      const value = parts.join('/');
      if (!codecs.RelativePath.is(value)) return;
      const steps = value.split(/[/\\]/);
      assert.not.ok(steps.includes('..'), value);
      assert.not.match(value, /^([/]|[A-Za-z]:[/\\])/);
    }),
  );
});

test('a field that may be left out', () => {
  const codec = codecs.withOptional(codecs.closed({ a: t.string }, 'A'), { b: codecs.list(t.string) });
  for (const value of [{ a: 'x' }, { a: 'x', b: ['y'] }]) {
    assert.ok(codec.is(value));
    const decoded = codec.decode(value);
    assert.equal(isRight(decoded) && decoded.right, value);
    assert.is(JSON.stringify(isRight(decoded) && decoded.right), JSON.stringify(value));
  }
  assert.equal(errors(codec, { b: 1, c: 2 }), [
    '/a: expected string, got nothing',
    '/c: unknown field',
    '/b: expected ReadonlyArray<string>, got 1',
  ]);
  for (const value of [null, [], { a: 'x', b: undefined }, { a: 'x', b: [1] }, { b: [] }, { a: 'x', c: 1 }])
    assert.not(codec.is(value), JSON.stringify(value));
});

test.run();
