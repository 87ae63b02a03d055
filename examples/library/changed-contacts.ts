import {
  bundled,
  type JsonObject,
  type Log,
  open,
  type StreamState,
  type Surroundings,
} from 'manifold-connectors';

export interface Changes {
  readonly contacts: readonly JsonObject[];
  /** For the next call. */
  readonly state: StreamState | undefined;
}

/** At most `limit` contacts that have changed since a state, and the state that covers them. */
export async function changedContacts(
  config: JsonObject,
  state: StreamState | undefined,
  { limit, ...surroundings }: Surroundings & { readonly limit: number },
): Promise<Changes> {
  const intercom = await open(bundled('intercom'));
  const log: Log = (level, message) => {
    if (level === 'WARN' || level === 'ERROR') console.warn(message);
  };
  await using connector = intercom.configure(config, { log, ...surroundings });
  const { succeeded, message } = await connector.check();
  if (!succeeded) throw new Error(`The config does not work: ${message}`);
  const contacts: JsonObject[] = [];
  let reached = state;
  const onState = (now: StreamState) => {
    reached = now;
  };
  for await (const contact of connector.records('contacts', { state, onState })) {
    contacts.push(contact);
    // Leaving the loop ends the requests; the state is that of the records that were taken before.
    if (contacts.length === limit) break;
  }
  return { contacts, state: reached };
}
