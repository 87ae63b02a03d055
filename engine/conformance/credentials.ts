import type { fieldOf, ScalarNode } from '../manifest/node.ts';
import { memberPaths } from '../template/member-paths.ts';
import { type ComponentAt, visit, written } from '../validate/visit.ts';

/** Where a manifest puts a value of the config into a place for credentials. */
export interface CredentialUse {
  /** Paths in the config; one of them is the credential. */
  readonly paths: readonly (readonly string[])[];
  readonly node: ScalarNode;
  /** For messages: `the field "api_token" of a BearerAuthenticator`. */
  readonly place: string;
}

/** Fields of authenticators that hold what must not be seen. A user name is none, unless there is no password. */
const secretFields = ['api_token', 'password', 'client_secret', 'refresh_token', 'secret_key', 'token'];

const secretNames =
  /^(?:proxy-)?authorization$|api[-_]?key|(?:auth|access|api|session)[-_]?token|[a-z]-token$|secret|^password$/i;

/** All such places, in the order of the manifest. */
export function* credentialUses(source: ComponentAt): Generator<CredentialUse> {
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
