import type { Connector } from '../connector/connector.ts';
import type { OutgoingRequest } from '../contract/families.ts';
import type { Transport } from '../contract/scope.ts';
import { ConnectorError, hasCode, isConnectorError } from '../error/connector-error.ts';
import type { JsonObject } from '../util/json/json.ts';
import type { StreamAt, Subject } from './subject.ts';

/** What a stream asks first with a config: its requests up to the first answer, or why there are none. */
export interface FirstRequests {
  readonly requests: readonly OutgoingRequest[];
  readonly error: ConnectorError | undefined;
}

/** The code of what is thrown instead of an answer. It is not retried, since it is no failure of the wire. */
const nobodyAnswers = 'NOBODY_ANSWERS';

/** A connector whose API never answers. */
export interface Unanswered {
  /** What a stream asks first, which has to have a definition. */
  askedBy(stream: StreamAt): Promise<FirstRequests>;
  close(): Promise<void>;
}

/** Made with a config when the first stream is asked. */
export function openUnanswered(subject: Subject, config: JsonObject): Unanswered {
  let requests: OutgoingRequest[] = [];
  const transport: Transport = {
    async send(request) {
      requests.push(request);
      throw new ConnectorError('Nobody answers.', { code: nobodyAnswers });
    },
    async close() {},
  };
  let connector: Connector | ConnectorError | undefined;
  return Object.freeze<Unanswered>({
    async askedBy({ name }) {
      connector ??= connect(() => subject.configure(config, { transport }));
      requests = [];
      const error = isConnectorError(connector) ? connector : await read(connector, name);
      return { requests, error };
    },
    async close() {
      if (connector !== undefined && !isConnectorError(connector)) await connector.close();
    },
  });
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
