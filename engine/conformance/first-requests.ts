import type { OutgoingRequest } from '../contract/families.ts';
import type { Transport } from '../contract/scope.ts';
import { ConnectorError, isConnectorError } from '../error/connector-error.ts';
import type { JsonObject } from '../util/json/json.ts';
import type { StreamAt, Subject } from './subject.ts';

/** What a stream asks first with a config: its requests up to the first answer, or why there are none. */
export interface FirstRequests {
  readonly stream: StreamAt;
  readonly requests: readonly OutgoingRequest[];
  readonly error: ConnectorError | undefined;
}

/** Thrown instead of an answer. Not retried, since it is no failure of the wire. */
class NobodyAnswers extends ConnectorError {}

/** Reads each stream against an API that never answers. */
export async function firstRequests(subject: Subject, config: JsonObject): Promise<readonly FirstRequests[]> {
  const found: FirstRequests[] = [];
  for (const stream of await subject.streams()) {
    if (stream.definition === undefined) continue;
    const requests: OutgoingRequest[] = [];
    const http: Transport = {
      async send(request) {
        requests.push(request);
        throw new NobodyAnswers('Nobody answers.');
      },
      async close() {},
    };
    found.push({ stream, requests, error: await read(subject, config, stream.name, http) });
  }
  return found;
}

async function read(
  subject: Subject,
  config: JsonObject,
  name: string,
  transport: Transport,
): Promise<ConnectorError | undefined> {
  let first: ConnectorError | undefined;
  try {
    const connector = subject.configure(config, { transport });
    const stop = new AbortController();
    for await (const event of connector.read({ streams: [{ name }], signal: stop.signal })) {
      if (event.kind !== 'error') continue;
      const error = event.error;
      if (!isUnanswered(error)) first ??= error;
      // Further windows and partitions are asked for in the same way.
      stop.abort();
    }
    await connector.close();
  } catch (error) {
    if (!isConnectorError(error)) throw error;
    first = error;
  }
  return first;
}

function isUnanswered(error: ConnectorError): boolean {
  return error.message.includes('Nobody answers.');
}
