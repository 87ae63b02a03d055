/** Compiled by `npm run types`: what hooks may and may not say. Nothing here runs. */
import {
  defineHook,
  type Evaluate,
  extend,
  type FieldValues,
  type Hook,
  HttpRequester,
  numberOrTemplate,
  type Retriever,
  type Scope,
  type Slot,
  slot,
  template,
} from 'manifold-connectors';
import * as z from 'zod';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function expectSame<A, B>(_same: Same<A, B>): void {}

const fields = () => ({
  size: z.number().default(10),
  label: z.string().optional(),
  value: template(),
  count: numberOrTemplate(),
  inner: slot('Retriever', 'SimpleRetriever'),
  others: z.array(slot('Retriever')),
});

// FieldValues: defaults are there, templates and slots are functions of the scope.
type Values = FieldValues<typeof fields>;
expectSame<Values['size'], number>(true);
expectSame<Values['label'], string | undefined>(true);
expectSame<Values['value'], (scope: Scope) => Evaluate>(true);
expectSame<Values['inner'], Slot<'Retriever'>>(true);
expectSame<ReturnType<Values['inner']>, Retriever>(true);
expectSame<Values['others'], Slot<'Retriever'>[]>(true);

// defineHook: `make` gets the values and returns what its family is.
const Waiting = defineHook('BackoffStrategy', {
  name: 'Waiting',
  fields,
  make({ size, ...rest }) {
    expectSame<typeof size, number>(true);
    // @ts-expect-error a field that was not declared
    rest.missing;
    return {
      backoff(outcome) {
        if ('error' in outcome) return undefined;
        // Headers that are absent are undefined, not null.
        expectSame<ReturnType<typeof outcome.response.headers.get>, string | undefined>(true);
        return size;
      },
    };
  },
});
export const hook: Hook = Waiting;

// @ts-expect-error there is no such family
defineHook('Bakoff', { name: 'X', fields: () => ({}), make: () => ({}) });
// @ts-expect-error a filter keeps records, and this one returns nothing of the kind
defineHook('RecordFilter', { name: 'X', fields: () => ({}), make: () => ({ backoff: () => 1 }) });
// @ts-expect-error the fields are zod types
defineHook('RecordFilter', { name: 'X', fields: () => ({ a: 1 }), make: () => ({ keeps: () => true }) });

// extend: the fields of both; the base is made of its own.
export const Extended = extend(HttpRequester, {
  name: 'Extended',
  fields: () => ({ secret: z.string() }),
  make({ secret, ...rest }, scope, base) {
    expectSame<typeof secret, string>(true);
    expectSame<typeof rest.http_method, 'GET' | 'POST'>(true);
    // @ts-expect-error a method that HttpRequester has not
    base({ ...rest, http_method: 'BREW' }, scope);
    // @ts-expect-error the scope is missing
    base(rest);
    return base(rest, scope);
  },
});
export const Twice = extend(Extended, {
  name: 'Twice',
  make(given, scope, base) {
    expectSame<typeof given.secret, string>(true);
    return base(given, scope);
  },
});
// @ts-expect-error what an HttpRequester is extended to is a requester
extend(HttpRequester, { name: 'X', make: () => ({ keeps: () => true }) });
