import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { givenFunctionProps } from '../../../src/construct/props/given-props';
import { BUNDLING } from '../../../src/construct/props/prop-checks';

const test = suite('checks of each option of bundling');

test('a value that no option can be is an error with its name', () => {
  for (const name of Object.keys(BUNDLING)) {
    const props = { bundling: { [name]: () => 1 } } as never;
    const options = givenFunctionProps(props).errors.map((error) => 'option' in error && error.option);
    assert.equal(options, [`bundling.${name}`]);
  }
});

test.run();
