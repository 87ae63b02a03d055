import type { Connector } from '../connector/connector.ts';
import type { OutgoingRequest } from '../contract/families.ts';
import type { Transport } from '../contract/scope.ts';
import { ConnectorError, hasCode, isConnectorError } from '../error/connector-error.ts';
import type { JsonObject } from '../util/json/json.ts';
import type { StreamAt, Subject } from './subject.ts';

/** What a stream asks first with a config: its requests up to the first answer, or why there are none. */
export interface FirstRequests {
  readonly stream: StreamAt;
  readonly requests: readonly OutgoingRequest[];
  readonly error: ConnectorError | undefined;
}

/** The code of what is thrown instead of an answer. It is not retried, since it is no failure of the wire. */
const nobodyAnswers = 'NOBODY_ANSWERS';

/** Reads each stream against an API that never answers. */
export async function firstRequests(subject: Subject, config: JsonObject): Promise<readonly FirstRequests[]> {
  let requests: OutgoingRequest[] = [];
  const transport: Transport = {
    async send(request) {
      requests.push(request);
      throw new ConnectorError('Nobody answers.', { code: nobodyAnswers });
    },
    async close() {},
  };
  const connector = connect(() => subject.configure(config, { transport }));
  const found: FirstRequests[] = [];
  for (const stream of await subject.streams()) {
    if (stream.definition === undefined) continue;
    requests = [];
    const error = isConnectorError(connector) ? connector : await read(connector, stream.name);
    found.push({ stream, requests, error });
  }
  if (!isConnectorError(connector)) await connector.close();
  return found;
}

function connect(make: () => Connector): Connector | ConnectorError {
  try {
    return make();
  } catch (error) {
    if (isConnectorError(error)) return error;
    throw error;
  }
}

async function read(connector: Connector, name: string): Promise<ConnectorError | undefined> {
  const stop = new AbortController();
  let first: ConnectorError | undefined;
  try {
    for await (const event of connector.read({ streams: [{ name }], signal: stop.signal })) {
      if (event.kind !== 'error') continue;
      if (!hasCode(event.error, nobodyAnswers)) first ??= event.error;
      // Further windows and partitions are asked for in the same way.
      stop.abort();
    }
  } catch (error) {
    if (isConnectorError(error)) return error;
    throw error;
  }
  return first;
}
