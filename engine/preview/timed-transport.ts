import type { OutgoingRequest } from '../contract/families.ts';
import type { Transport } from '../contract/scope.ts';
import type { Clock } from '../time/clock.ts';

export interface TimedTransport extends Transport {
  /** How long the answer to a request took until its last byte; undefined when it was not sent. */
  millisecondsOf(request: OutgoingRequest): number | undefined;
}

export function timedTransport(transport: Transport, clock: Clock): TimedTransport {
  const times = new WeakMap<OutgoingRequest, number>();
  return Object.freeze<TimedTransport>({
    async send(request, options) {
      const start = clock.now();
      const response = await transport.send(request, options);
      await response.bytes();
      times.set(request, clock.now() - start);
      return response;
    },
    close: () => transport.close(),
    millisecondsOf: (request) => times.get(request),
  });
}
