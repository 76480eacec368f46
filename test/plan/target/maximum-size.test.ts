import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MAXIMUM_SIZE } from '../../../src/plan/target/maximum-size';

const test = suite('maximum size');

test('it is the 250 MB that Lambda allows, unzipped', () => {
  assert.is(MAXIMUM_SIZE, 262_144_000);
});

test.run();
