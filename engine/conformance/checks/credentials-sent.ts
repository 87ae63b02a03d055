import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import { textsBelow } from '../../manifest/walk.ts';
import { memberPaths } from '../../template/member-paths.ts';
import { grouped } from '../../util/flow/grouped.ts';
import { ancestorOf, type ComponentAt, childIn, textIn, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { schemasIn } from '../schema-walk.ts';
import type { Subject } from '../subject.ts';

export const credentialsSent = defineCheck({
  id: 'credentials-sent',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'credentials are sent where an API looks for them, each under its own name and once, and requests have some where the config asks for a secret, or where all others to the same address have',
  *run(subject) {
    const isNew = once();
    for (const at of visit(subject.source)) {
      if (at.family !== 'Authenticator' || at.isHook || !isNew(at.node)) continue;
      yield looked();
      yield* otherPlace(at);
      yield* swapped(at);
      yield* twice(at);
      yield* withoutScheme(at);
    }
    for (const at of visit(subject.source)) {
      if (at.family !== 'Requester' || at.isHook || !isNew(at.node)) continue;
      for (const field of writtenByHand) yield* swapped(at, field);
    }
    yield* unsent(subject);
    yield* withoutLogin(subject);
    yield* inAddress(subject);
  },
});

/** A secret in an address, where it is logged, that the authenticator of the request sends by itself. */
function* inAddress({ source, spec }: Subject): Generator<CheckEvent> {
  const secrets = new Set(secretsIn(spec));
  const isNew = once();
  for (const at of visit(source)) {
    if (at.family !== 'Requester' || at.isHook) continue;
    const sent = configIn(childIn(at, 'authenticator')?.node);
    for (const field of ['path', 'url', 'url_base']) {
      const node = written(at, field);
      if (node === undefined || !isNew(node)) continue;
      const name = configIn(node).find(
        (each) => sent.includes(each) && secrets.has(each.split('.').at(-1) ?? ''),
      );
      if (name === undefined) continue;
      yield violation(
        node,
        `"${name}" of the config is a secret and a part of this address, which servers log; the authenticator of the request sends it, too.`,
        { stream: textIn(ancestorOf(at, 'Stream'), 'name') },
      );
    }
  }
}

/** One of several requests to an address that has no credential, and nothing in its path says that none is needed. */
function* withoutLogin({ source }: Subject): Generator<CheckEvent> {
  const isNew = once();
  const all = visit(source).filter(
    (at) => at.family === 'Requester' && !at.isHook && at.parent?.family === 'Retriever' && isNew(at.node),
  );
  for (const [address, requesters] of grouped(all, addressOf)) {
    const [bare, ...more] = requesters.filter((at) => childIn(at, 'authenticator') === undefined);
    const others = requesters.length - 1;
    if (address === '' || bare === undefined || more.length > 0 || others < fewestOthers) continue;
    const used = requesters.flatMap((at) => configIn(childIn(at, 'authenticator')?.node));
    if (writesOne(bare, used) || sayPublic.test(`${textIn(bare, 'path')} ${textIn(bare, 'url')}`)) continue;
    const name = textIn(ancestorOf(bare, 'Stream'), 'name');
    yield violation(
      bare.node,
      `Stream "${name}" sends no credential, and all ${others} others that ask the same address do: is its "authenticator" missing?`,
      { ...(name !== undefined && { stream: name }) },
    );
  }
}

const fewestOthers = 2;
const sayPublic = /\b(?:public|health|ping|login|oauth|tokens?|version)\b/i;

function addressOf(at: ComponentAt): string {
  const text = textIn(at, 'url_base') ?? textIn(at, 'url') ?? '';
  return /^https?:\/\/[^/]+/.exec(text)?.[0] ?? text;
}

/** A requester that writes into a header or a parameter what others log in with does so by itself. */
function writesOne(at: ComponentAt, used: readonly string[]): boolean {
  return writtenByHand.some((field) => configIn(written(at, field)).some((name) => used.includes(name)));
}

function configIn(node: ManifestNode | undefined): readonly string[] {
  return [...textsBelow(node)].flatMap(({ value }) =>
    memberPaths(value, 'config').map(({ path }) => path.join('.')),
  );
}

/** Names of headers are no names of parameters, and nobody reads the body of a GET. */
function* otherPlace(at: ComponentAt): Generator<CheckEvent> {
  for (const option of visit(at)) {
    if (option.family !== 'RequestOption') continue;
    const where = textIn(option, 'inject_into');
    const name = textIn(option, 'field_name') ?? '';
    const node = written(option, 'inject_into');
    if (where === 'request_parameter' && /^(?:(?:proxy-)?authorization|x-.+|.+-key)$/i.test(name))
      yield violation(
        node,
        `"${name}" is the name of a header by its form, and is sent as a parameter of the URL, where it is logged: was "inject_into: header" meant?`,
      );
    const requester = ancestorOf(at, 'Requester');
    const method = (textIn(requester, 'http_method') ?? 'GET').toUpperCase();
    if (method === 'GET' && (where === 'body_json' || where === 'body_data') && requester !== undefined)
      yield violation(
        node,
        `The credential "${name}" is sent in the body of a GET request, which servers leave unread.`,
      );
  }
}

/** The names of the config that belong into a field, and those that do not. */
const own: readonly (readonly [field: string, other: RegExp, mine: RegExp])[] = [
  ['client_id', /secret/i, /(?:client|app|key).*id|^id$/i],
  ['client_secret', /client_?id$/i, /secret/i],
  ['refresh_token', /access_?token|client_?(?:id|secret)$/i, /refresh/i],
  ['username', /password|secret/i, /user|login|email|name|key|token|id/i],
  ['password', /user_?name|login$|e?mail$/i, /pass|secret|token|key/i],
];

/** Whether this check tells that a field of a login is given another credential, by the names of both. */
export function isOtherCredential(field: string, name: string): boolean {
  return own.some(([known, other, mine]) => known === field && other.test(name) && !mine.test(name));
}

/** Where requesters write credentials by themselves. */
const writtenByHand = ['request_body_json', 'request_body_data', 'request_parameters', 'request_headers'];

function* swapped(at: ComponentAt, ...within: readonly string[]): Generator<CheckEvent> {
  for (const [field, other, mine] of own) {
    const node = written(at, ...within, field);
    const text = textIn(at, ...within, field) ?? '';
    const paths = memberPaths(text, 'config').map(({ path }) => path.at(-1) ?? '');
    const [name, ...more] = paths;
    if (name === undefined || more.length > 0 || !other.test(name) || mine.test(name)) continue;
    // Some APIs take a key with nothing beside it.
    if (field === 'username' && textIn(at, 'password') === undefined) continue;
    yield violation(node, `"${field}" is given "${name}" of the config: are two of them swapped?`);
  }
}

/** What writes the word by itself needs none in its token. */
function* twice(at: ComponentAt): Generator<CheckEvent> {
  const text = textIn(at, 'api_token') ?? '';
  const word = /^\s*(Bearer|Token|Basic)\b/i.exec(text)?.[1];
  const { scheme } = at.traits;
  if (scheme === undefined || word === undefined) return;
  yield violation(
    written(at, 'api_token'),
    `A ${at.component?.type} writes "${scheme}" before the token, so a "${word}" of its own stands there too.`,
  );
}

/** Parameters of a login stand after the name of its scheme (RFC 9110, section 11.6.2): `Token token=…`. */
function* withoutScheme(at: ComponentAt): Generator<CheckEvent> {
  const name = textIn(at, 'inject_into', 'field_name') ?? textIn(at, 'header') ?? '';
  const node = written(at, 'api_token');
  const parameter = /^\s*([\w-]+)\s*=(?!=)/.exec(textIn(at, 'api_token') ?? '')?.[1];
  if (!/^(?:proxy-)?authorization$/i.test(name) || parameter === undefined) return;
  yield violation(
    node,
    `"${name}" begins with the name of a scheme, as in "Bearer TOKEN"; here it begins with the parameter "${parameter}".`,
  );
}

/** The names of properties that are marked as secret. */
function secretsIn(spec: Subject['spec']): readonly string[] {
  return [...schemasIn(spec?.node)].flatMap(({ node, path }) => {
    const mark = fieldOf(node, 'airbyte_secret');
    const name = path.at(-1);
    return mark?.kind === 'scalar' && mark.value === true && name !== undefined ? [name] : [];
  });
}

/** A secret that nothing reads, and a requester that sends no credential. */
function* unsent({ spec, source, manifest }: Subject): Generator<CheckEvent> {
  const properties = spec && fieldOf(spec.node, 'properties');
  if (properties?.kind !== 'mapping') return;
  const own = fieldOf(fieldOf(manifest.root, 'spec') ?? manifest.root, 'connection_specification');
  const secrets = secretsIn(spec);
  const isRead = (text: string) => secrets.some((name) => text.includes(name));
  for (const { value } of textsBelow(
    manifest.root,
    ({ node, name }) => name === 'schema_loader' || node === own,
  ))
    if (isRead(value)) return;
  if (secrets.length === 0 || visit(source).some(({ isHook }) => isHook)) return;
  const isNew = once();
  for (const at of visit(source)) {
    if (at.family !== 'Requester' || at.isHook || childIn(at, 'authenticator') !== undefined) continue;
    const node = written(at, 'url_base') ?? written(at, 'url') ?? at.node;
    if (!isNew(node)) continue;
    yield violation(
      node,
      `Requests to this address have no credential: nothing reads "${secrets.join('", "')}" of the config, which the spec asks for as a secret.`,
    );
  }
}
