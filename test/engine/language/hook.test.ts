import * as z from 'zod';
import { component } from '../../../engine/language/component.ts';
import { defineHook, extend, isHook } from '../../../engine/language/hook.ts';
import { slot, wrapSlot } from '../../../engine/language/slots.ts';
import { makeComponent, testScope } from '../../kit/scope.ts';

const Constant = component({
  family: 'BackoffStrategy',
  type: 'Constant',
  doc: 'Waits.',
  fields: () => ({ seconds: z.number(), unit: z.string().default('s') }),
  make: ({ seconds }) => ({ backoff: () => seconds }),
});
const outcome = { error: new Error('broken') };

describe('extend', () => {
  const Doubled = extend(Constant, {
    name: 'Doubled',
    fields: () => ({ times: z.number().default(2) }),
    make: ({ times, ...fields }, scope, base) => base({ ...fields, seconds: fields.seconds * times }, scope),
  });

  it('makes a hook of the same family with the fields of both', () => {
    expect(isHook(Doubled)).toBe(true);
    expect([Doubled.family, Doubled.type]).toEqual(['BackoffStrategy', 'Doubled']);
    expect(Object.keys(Doubled.fields())).toEqual(['seconds', 'unit', 'times']);
    expect(makeComponent(Doubled, { seconds: 3 }).backoff(outcome, 1)).toBe(6);
  });

  it('extends hooks as well, and a field of the extension replaces that of the same name', () => {
    const Minutes = extend(Doubled, {
      name: 'Minutes',
      fields: () => ({ unit: z.literal('min') }),
      make: (fields, scope, base) => base({ ...fields, seconds: fields.seconds * 60 }, scope),
    });
    expect(makeComponent(Minutes, { seconds: 1, unit: 'min' }).backoff(outcome, 1)).toBe(120);
    expect(() => makeComponent(Minutes, { seconds: 1, unit: 's' })).toThrow(/min/);
  });
});

test('wrapSlot changes what a slot makes and keeps what it is', () => {
  const Outer = defineHook('BackoffStrategy', {
    name: 'Outer',
    fields: () => ({ inner: slot('BackoffStrategy') }),
    make({ inner }, scope) {
      const wrapped = wrapSlot(inner, (made) => ({ backoff: () => Number(made.backoff(outcome, 1)) + 1 }));
      expect([wrapped.family, wrapped.node]).toEqual([inner.family, inner.node]);
      return wrapped(scope);
    },
  });
  const scope = testScope({ components: [Constant] });
  const made = makeComponent(Outer, { inner: { type: 'Constant', seconds: 4 } }, scope);
  expect(made.backoff(outcome, 1)).toBe(5);
});
