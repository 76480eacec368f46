import { Token } from 'aws-cdk-lib';
import type { Check, Checks } from '../../plan/request/option-checks';
import {
  checkedOptions,
  isBoolean,
  isNumber,
  isObject,
  isText,
  kindOf,
  lacking,
  mustBe,
  wrong,
} from '../../plan/request/option-checks';
import { isCdkOption } from './cdk-options';

// Objects are recognized by their members, never by their class: an app may have several copies of CDK.

/** Whether a value has one of these properties. No property is read: a getter may throw. */
const hasOneOf = (value: unknown, names: readonly string[]): boolean =>
  isObject(value) && names.some((name) => name in value);

export const hasMethods = (value: unknown, ...names: readonly string[]): boolean =>
  isObject(value) && names.every((name) => typeof value[name] === 'function');

export const withOneOf = (expected: string, ...names: readonly string[]): Check =>
  mustBe(expected, (value) => hasOneOf(value, names));

export const withMethod = (expected: string, name: string): Check =>
  mustBe(expected, (value) => hasMethods(value, name));

/** A check of a value that goes into the template as it is: a token, whose value only the deployment knows, passes. */
const orToken =
  (check: Check): Check =>
  (option, value) =>
    Token.isUnresolved(value) ? [] : check(option, value);

export const text = orToken(isText);

export const flag = orToken(isBoolean);

export const amount = orToken(isNumber);

/** One of the values of a CDK enum, which may be given as a string. */
export const memberOf = (name: string, members: Readonly<Record<string, unknown>>): Check =>
  laterMemberOf(name, () => members);

/** The same for an enum whose module is loaded only when the option is given. */
export const laterMemberOf = (name: string, members: () => Readonly<Record<string, unknown>>): Check =>
  orToken((option, value) => {
    const expected = `one of ${Object.keys(members())
      .map((member) => `${name}.${member}`)
      .join(', ')}`;
    return mustBe(expected, () => Object.values(members()).includes(value))(option, value);
  });

/** Names and texts that go into the template. A value may be a secret, so no message quotes it. */
export const variables: Check = (option, value) =>
  isObject(value)
    ? Object.entries(value).flatMap(([name, each]) =>
        each === undefined || text('', each).length === 0
          ? []
          : wrong(`${option}.${name}`, kindOf(each), 'a text'),
      )
    : wrong(option, kindOf(value), 'an object with names and texts');

/**
 * An object of CDK options. The CDK of the app may have more of them: its declarations in `files` say so.
 *
 * @param needed required options: without them CDK throws an error that names none
 */
export const optionsOfCdk =
  (checks: Checks, files: readonly string[], expected: string, needed: readonly string[] = []): Check =>
  (option, value) => {
    const newer = Object.keys(isObject(value) ? value : {}).filter(
      (name) => !(name in checks) && isCdkOption(name, files),
    );
    const all = { ...checks, ...Object.fromEntries(newer.map((name) => [name, () => []])) };
    return [
      ...checkedOptions(value, all, { path: option, expected }).wrong,
      ...lacking(option, value, needed, expected),
    ];
  };
