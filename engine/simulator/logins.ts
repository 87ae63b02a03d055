import type { OutgoingRequest } from '../contract/families.ts';
import type { JsonObject } from '../util/json/json.ts';
import { type ComponentAt, childIn, textIn, written } from '../validate/visit.ts';
import { put } from './put.ts';
import type { World } from './world.ts';

const token = 'simulated-token';
const seconds = 3600;

/** What a token endpoint answers, under the names that all OAuth authenticators of the manifest use. */
export function tokenBody(world: World): JsonObject {
  const body: JsonObject = {
    access_token: token,
    refresh_token: 'simulated-refresh-token',
    token_type: 'Bearer',
    expires_in: seconds,
  };
  for (const at of askers(world)) {
    body[textIn(at, 'access_token_name') ?? 'access_token'] = token;
    const refresh = textIn(at, 'refresh_token_updater', 'refresh_token_name');
    if (refresh !== undefined) body[refresh] = 'simulated-refresh-token';
    const isDate = textIn(at, 'token_expiry_date_format') !== undefined;
    const expiry = new Date(world.clock.now() + seconds * 1000).toISOString();
    body[textIn(at, 'expires_in_name') ?? 'expires_in'] = isDate ? `${expiry.slice(0, 19)}Z` : seconds;
  }
  return body;
}

const known = new WeakMap<World, readonly ComponentAt[]>();

/** Every run logs in anew, and a manifest has few of these among many components. */
function askers(world: World): readonly ComponentAt[] {
  const found = known.get(world) ?? [...world.components()].filter((at) => at.traits.asksForTokens === true);
  known.set(world, found);
  return found;
}

/** What a login answers: the token where the authenticator looks for it. */
export function loginBody(owner: ComponentAt): JsonObject {
  const body: JsonObject = { token };
  const path = written(owner, 'session_token_path');
  const segments =
    path?.kind === 'sequence'
      ? path.items.flatMap((item) => (item.kind === 'scalar' ? [String(item.value)] : []))
      : [];
  if (segments.length > 0) put(body, segments, token);
  return body;
}

/** What a request for a token or a login is answered; undefined when it is none. */
export function loginOf({ url }: OutgoingRequest, world: World): JsonObject | undefined {
  for (const at of world.components()) {
    if (at.family !== 'Authenticator') continue;
    if (endsLike(textIn(at, 'token_refresh_endpoint'), url)) return tokenBody(world);
    const login = childIn(at, 'login_requester');
    if (endsLike(textIn(login, 'url') ?? textIn(login, 'path'), url)) return loginBody(at);
  }
  return undefined;
}

/** The path that is written, or what comes after its last template, which may be in the middle of a segment. */
function endsLike(written: string | undefined, { host, pathname }: URL): boolean {
  const rest = (written?.split('}}').at(-1) ?? '').replace(/^https?:\/\/[^/]+/, '').replace(/\/+$/, '');
  const isWhole = written?.includes('{{') !== true;
  const path = isWhole && !rest.startsWith('/') ? `/${rest}` : rest;
  return /\/./.test(path) && `${host}${pathname}`.replace(/\/+$/, '').endsWith(path);
}
