import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import { editDistance } from '../../util/text/did-you-mean.ts';
import { type ComponentAt, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { questionFields } from '../request-fields.ts';
import { plainName, wordsOf } from '../words.ts';

export const grantTypes = defineCheck({
  id: 'grant-types',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'a login sends what its OAuth grant type asks for (RFC 6749, RFC 7523), nothing that belongs to another grant, and one grant type, and takes of its answer the token that requests are sent with',
  *run({ source }) {
    const isNew = once();
    for (const at of visit(source)) {
      if (at.isHook || !isNew(at.node)) continue;
      if (at.family === 'Requester') for (const field of questionFields) yield* ofBody(at, field);
      if (at.family === 'Authenticator' && at.traits.asksForTokens === true) yield* ofAuthenticator(at);
      if (at.family === 'Authenticator') yield* ofAnswer(at);
    }
  },
});

interface Grant {
  /** Names, of which one has to be there, for each thing that is asked for. */
  readonly needs: readonly (readonly string[])[];
  readonly others: readonly string[];
}

const grants: Readonly<Record<string, Grant>> = {
  client_credentials: { needs: [], others: ['refreshtoken', 'code', 'assertion'] },
  refresh_token: { needs: [['refreshtoken']], others: ['code', 'assertion', 'password'] },
  authorization_code: { needs: [['code']], others: ['refreshtoken', 'assertion'] },
  password: {
    needs: [
      ['password', 'pass'],
      ['username', 'user', 'email', 'login', 'userid'],
    ],
    others: ['refreshtoken', 'code', 'assertion'],
  },
  'urn:ietf:params:oauth:grant-type:jwt-bearer': { needs: [['assertion']], others: ['refreshtoken', 'code'] },
};

interface Sent {
  readonly name: string;
  readonly value: string;
  readonly node: ManifestNode;
}

/** The parameters of a body: a mapping, or a text such as `grant_type=password&username=…`. */
function sentIn(node: ManifestNode | undefined): readonly Sent[] {
  if (node?.kind === 'mapping') {
    const inner = fieldOf(node, 'value');
    if (fieldOf(node, 'type') !== undefined && inner !== undefined) return sentIn(inner);
    return [...node.entries].flatMap(([name, { value }]) =>
      value.kind === 'scalar' ? [{ name, value: String(value.value), node: value }] : [],
    );
  }
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return [];
  return node.value.split('&').flatMap((pair) => {
    const [, name, value] = /^\s*([\w.-]+)=([\s\S]*)$/.exec(pair) ?? [];
    return name === undefined || value === undefined ? [] : [{ name, value: value.trim(), node }];
  });
}

function* ofBody(at: ComponentAt, field: string): Generator<CheckEvent> {
  const sent = sentIn(written(at, field));
  const type = sent.find(({ name }) => plainName(name) === 'granttype');
  if (type === undefined || type.value.includes('{')) return;
  yield looked();
  // What is missing may stand in the other parts of the request.
  const beside = questionFields.flatMap((other) => (other === field ? [] : sentIn(written(at, other))));
  yield* whatIsWrong(type.value, type.node, [...sent, ...beside], true);
}

function* ofAuthenticator(at: ComponentAt): Generator<CheckEvent> {
  const body = sentIn(written(at, 'refresh_request_body'));
  const node = written(at, 'grant_type');
  const own = node?.kind === 'scalar' ? String(node.value) : 'refresh_token';
  const second = body.find(({ name }) => plainName(name) === 'granttype');
  if (own.includes('{')) return;
  yield looked();
  if (second !== undefined && !second.value.includes('{') && second.value !== own && node !== undefined) {
    yield violation(
      second.node,
      `This login has the grant type "${own}" and sends "${second.value}" in its body, too: one of them is not meant.`,
      { also: [node.place] },
    );
    return;
  }
  const token = written(at, 'refresh_token');
  const sent = token === undefined ? body : [...body, { name: 'refresh_token', value: '', node: token }];
  yield* whatIsWrong(second?.value ?? own, second?.node ?? node ?? at.node, sent, node !== undefined);
}

/** Where an authenticator finds in an answer what it needs, and words that are the names of the rest of it. */
const taken: readonly (readonly [field: string, others: RegExp])[] = [
  ['session_token_path', /^(?:refresh|expires?|expiry|expiration|scope|type)$/],
  ['access_token_name', /^(?:refresh|expires?|expiry|expiration|scope|type)$/],
  ['refresh_token_name', /^(?:access|expires?|expiry|expiration|scope|type)$/],
  ['expires_in_name', /^(?:token|scope|type)$/],
];

function* ofAnswer(at: ComponentAt): Generator<CheckEvent> {
  for (const [field, others] of taken) {
    const whole = written(at, field) ?? written(at, 'refresh_token_updater', field);
    const node = whole?.kind === 'sequence' ? whole.items.at(-1) : whole;
    if (node?.kind !== 'scalar') continue;
    const name = String(node.value);
    yield looked();
    const isOther = wordsOf(name).some((each) => others.test(each));
    // `token_expires_in` tells when the token ends.
    if (!isOther || (field === 'expires_in_name' && /expir|valid|ttl/i.test(name))) continue;
    yield violation(
      node,
      `"${field}" takes "${name}" of the answer of a login, which by its name is something else than ${field === 'expires_in_name' ? 'how long the token is good' : field === 'refresh_token_name' ? 'the next refresh token' : 'the token that requests are sent with'}.`,
    );
  }
}

function* whatIsWrong(
  value: string,
  node: ManifestNode,
  sent: readonly Sent[],
  looksForNeeds: boolean,
): Generator<CheckEvent> {
  const grant = Object.hasOwn(grants, value) ? grants[value] : undefined;
  if (grant === undefined) {
    const meant = Object.keys(grants).find((name) => editDistance(plainName(name), plainName(value)) <= 2);
    if (meant !== undefined)
      yield violation(node, `No OAuth grant type is called "${value}": was "${meant}" meant?`);
    return;
  }
  const names = sent.map(({ name }) => plainName(name));
  const strange = sent.find(({ name }) => grant.others.includes(plainName(name)));
  const fitting = Object.keys(grants).find(
    (other) => other !== value && fits(grants[other], names) && (grants[other]?.needs.length ?? 0) > 0,
  );
  if (strange !== undefined) {
    yield violation(
      node,
      `The grant type "${value}" takes no "${strange.name}", which is sent with it${fitting === undefined ? '' : `: was "${fitting}" meant?`}`,
      { also: [strange.node.place] },
    );
    return;
  }
  const missing = grant.needs.find((choices) => !choices.some((choice) => names.includes(choice)));
  // What an authenticator needs in fields of its own is asked for where it is read.
  if (missing === undefined || !looksForNeeds || (value === 'refresh_token' && names.length === 0)) return;
  const meant = fitting ?? (names.includes('clientsecret') ? 'client_credentials' : undefined);
  yield violation(
    node,
    `The grant type "${value}" needs a "${shown(missing[0])}", and none is sent with it${meant === undefined ? '' : `: was "${meant}" meant?`}`,
  );
}

function shown(name: string | undefined): string {
  return name === 'refreshtoken' ? 'refresh_token' : (name ?? '');
}

function fits(grant: Grant | undefined, names: readonly string[]): boolean {
  return grant?.needs.every((choices) => choices.some((choice) => names.includes(choice))) === true;
}
