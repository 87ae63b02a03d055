import type { fieldOf, ScalarNode } from '../manifest/node.ts';
import { memberPaths } from '../template/member-paths.ts';
import { type ComponentAt, visit, written } from '../validate/visit.ts';
import { labelledValues } from './labelled-values.ts';

/** Where a manifest puts a value of the config into a place for credentials. */
export interface CredentialUse {
  /** Paths in the config; one of them is the credential. */
  readonly paths: readonly (readonly string[])[];
  readonly node: ScalarNode;
  /** For messages: `the field "api_token" of a BearerAuthenticator`. */
  readonly place: string;
  /** Told by a name in a request that is no login: an API may call something else so. */
  readonly isLikely?: boolean;
}

/** Fields of authenticators that hold what must not be seen. A user name is none, unless there is no password. */
const secretFields = ['api_token', 'password', 'client_secret', 'refresh_token', 'secret_key', 'token'];

const secretNames =
  /^(?:proxy-)?authorization$|api[-_]?key|(?:auth|access|api|session)[-_]?token|[a-z]-token$|secret|^password$/i;

/** Keys of a login, or of any other body, that hold what must not be seen; those of pages are read from answers. */
const secretKeys =
  /^(?:.*[_-])?(?:pass(?:word|wd|phrase|code)|pwd|secret(?:[_-]?key)?|(?:(?:access|api|auth|bearer|refresh|session)[_-]?)?token|api[_-]?key)$|[a-z](?:Password|Secret|Token|ApiKey)$/i;

/** All such places: first those that are made for credentials, then what else has the name of one. */
export function* credentialUses(source: ComponentAt): Generator<CredentialUse> {
  yield* placesForCredentials(source);
  for (const { label, node, at } of labelledValues(source)) {
    const sender = at.family === 'RequestBody' ? at.parent : at;
    const isLogin = sender?.family === 'Authenticator' || sender?.field === 'login_requester';
    if ((!isLogin && sender?.family !== 'Requester') || !secretKeys.test(label)) continue;
    for (const use of usesIn(node, `"${label}" of ${isLogin ? 'a login' : 'a request'}`))
      yield { ...use, isLikely: !isLogin };
  }
}

function* placesForCredentials(source: ComponentAt): Generator<CredentialUse> {
  for (const at of visit(source)) {
    if (at.family === 'Authenticator') {
      const type = at.component?.type ?? 'authenticator';
      const fields = written(at, 'password') === undefined ? [...secretFields, 'username'] : secretFields;
      for (const field of fields) yield* usesIn(written(at, field), `the field "${field}" of a ${type}`);
    }
    for (const [field, what] of [
      ['request_headers', 'header'],
      ['request_parameters', 'parameter'],
    ] as const) {
      const mapping = written(at, field);
      if (mapping?.kind !== 'mapping' || at.family !== 'Requester') continue;
      for (const [name, { value }] of mapping.entries)
        if (secretNames.test(name)) yield* usesIn(value, `the ${what} "${name}"`);
    }
  }
}

function* usesIn(node: ReturnType<typeof fieldOf>, place: string): Generator<CredentialUse> {
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return;
  const paths = memberPaths(node.value, 'config').flatMap(({ path }) => (path.length === 0 ? [] : [path]));
  if (paths.length > 0) yield { paths, node, place };
}
