import type { Diagnostic } from '../../error/diagnostic.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import { inspectTemplate } from '../../template/template.ts';
import { type Named, namedBy, optionsOf } from '../request-options.ts';
import { type ComponentAt, childIn, written } from '../visit.ts';

/** What messages call the places of a request. */
const places: Readonly<Record<string, string>> = {
  request_parameter: 'request parameter',
  header: 'header',
  body_data: 'form field',
  body_json: 'body field',
};

/**
 * Every name in a request comes from one place: the requester, its authenticator, the paginator, the cursor, or a
 * partition router. What a JSON body has may come again with the same value, so its own fields are not compared.
 */
export function* distinctOptions(at: ComponentAt): Iterable<Diagnostic> {
  if (at.family === 'Retriever' && at.traits.readsPages === true) {
    const requester = childIn(at, 'requester');
    const own = ownNames(requester);
    const told = new Set<unknown>();
    for (const options of optionsByRequest(at)) {
      const names = options.flatMap((option) => namedBy(option) ?? []);
      const found = [...repeated([...own, ...names], credentialNames(requester))];
      // What is told of one request need not be told of the next.
      yield* found.filter(({ places }) => !told.has(places[0]));
      for (const { places } of found) told.add(places[0]);
    }
  } else if (
    at.family === 'Requester' &&
    !(at.parent?.traits.readsPages === true && at.field === 'requester')
  ) {
    yield* repeated(ownNames(at), credentialNames(at));
  }
}

/** The options of a retriever whose values stand in one request: not all of them are in each. */
function optionsByRequest(at: ComponentAt): readonly (readonly ComponentAt[])[] {
  const all = optionsOf(at);
  if (at.fields.ignore_stream_slicer_parameters_on_paginated_requests !== true) return [all];
  const paginator = childIn(at, 'paginator');
  const paging = all.filter(({ parent }) => parent === paginator);
  const hasFirstToken = childIn(paginator, 'pagination_strategy')?.fields.inject_on_first_request === true;
  return [all.filter(({ field }) => hasFirstToken || field !== 'page_token_option'), paging];
}

/** Of several ways to authenticate only one is taken, so they are not compared with each other. */
function* repeated(names: readonly Named[], credentials: readonly Named[]): Iterable<Diagnostic> {
  for (const [index, named] of names.entries()) {
    const before = names.slice(0, index).find((known) => clash(known, named));
    if (before !== undefined) yield twice(named, before);
  }
  for (const credential of credentials) {
    const before = names.find((known) => clash(known, credential));
    if (before !== undefined) yield twice(credential, before);
  }
}

/** In a JSON body a value cannot be inside of another one. */
function clash(one: Named, other: Named): boolean {
  const length = Math.min(one.path.length, other.path.length);
  return one.place === other.place && one.path.slice(0, length).every((step, at) => step === other.path[at]);
}

function twice({ place, path, node }: Named, before: Named): Diagnostic {
  const message = `The ${places[place] ?? place} "${path.join('.')}" is set twice. Every name must come from one place only.`;
  return { ...errorAt(node, message), places: [node.place, before.node.place] };
}

function ownNames(requester: ComponentAt | undefined): readonly Named[] {
  const fields = [
    ['request_parameters', 'request_parameter'],
    ['request_headers', 'header'],
    ['request_body_data', 'body_data'],
  ] as const;
  return fields.flatMap(([field, place]) => {
    const node = written(requester, field);
    if (node?.kind !== 'mapping') return [];
    return [...node.entries].flatMap(([name, { key, value }]) => {
      const isNull = value.kind === 'scalar' && (value.value === null || value.value === '');
      const isName = !isNull && inspectTemplate(name).isPlain && name !== '$parameters';
      return isName ? [{ place, path: [name], node: key }] : [];
    });
  });
}

/** What an authenticator, and whatever it is made of, puts into a request; those that it asks itself are others. */
function credentialNames(requester: ComponentAt | undefined): readonly Named[] {
  const authenticator = childIn(requester, 'authenticator');
  return authenticator === undefined ? [] : namedWithin(authenticator);
}

function namedWithin(at: ComponentAt): readonly Named[] {
  if (at.isHook || at.family === 'Requester') return [];
  const { setsHeader } = at.traits;
  const isPlain = setsHeader !== undefined && setsHeader !== '' && inspectTemplate(setsHeader).isPlain;
  const header = isPlain ? [{ place: 'header', path: [setsHeader], node: at.node }] : [];
  const option = at.family === 'RequestOption' ? namedBy(at) : undefined;
  return [...header, ...(option === undefined ? [] : [option]), ...at.children.flatMap(namedWithin)];
}
