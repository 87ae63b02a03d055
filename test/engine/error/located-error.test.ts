import { ConnectorError, isConnectorError } from '../../../engine/error/connector-error.ts';
import { locatedError } from '../../../engine/error/located-error.ts';
import type { Place } from '../../../engine/error/place.ts';

const here: Place = { source: { name: '<config>' }, start: 0, end: 0, pointer: '/a' };
const there: Place = { ...here, pointer: '/b' };

it('makes a ConnectorError of whatever was thrown and keeps it as the cause', () => {
  const thrown = new TypeError('x is not a function');
  const error = locatedError(thrown, { path: ['users'], nodes: [here] });
  expect(isConnectorError(error)).toBe(true);
  expect(error).toMatchObject({
    message: 'x is not a function',
    kind: 'system_error',
    path: ['users'],
    nodes: [here],
  });
  expect(error.cause).toBe(thrown);
});

it('puts the outer path before the inner one and keeps the nearer place', () => {
  const inner = new ConnectorError('No.', {
    kind: 'config_error',
    internalMessage: '401',
    nodes: [there],
    path: ['page 3'],
    cause: 'x',
  });
  const error = locatedError(inner, { path: ['users', '{"id":1}'], nodes: [here] });
  expect(error).toMatchObject({
    message: 'No.',
    kind: 'config_error',
    internalMessage: '401',
    nodes: [there],
    path: ['users', '{"id":1}', 'page 3'],
    cause: 'x',
  });
  expect(error.stack).toBe(inner.stack);
});

it('gives a place to an error that knows none', () => {
  expect(locatedError(new ConnectorError('No.'), { nodes: [here] }).nodes).toEqual([here]);
});

it('has words for what is no error', () => {
  expect(locatedError('oh').message).toBe('oh');
  expect(locatedError(undefined).message).toBe('An unexpected value was thrown.');
  expect(locatedError(new RangeError()).message).toBe('RangeError');
});
