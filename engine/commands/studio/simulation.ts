import type { Manifest } from '../../connector/load-manifest.ts';
import type { Transport } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { specificationIn } from '../../protocol/specification.ts';
import { createSimulator } from '../../simulator/simulator.ts';
import { systemClock } from '../../time/clock.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { exampleValue } from '../../util/schema/example-value.ts';
import type { Environment } from '../environment.ts';

/** An API that is made out of the manifest as it is just now. */
export interface Simulation {
  configOf(manifest: Manifest): JsonObject;
  transportOf(
    manifest: Manifest,
    config: JsonObject,
    readFile: (path: string) => Promise<string | undefined>,
  ): Transport;
}

const records = 500;
/** Of each partition: there may be as many partitions as records. */
const recordsOfPartition = 5;

function cannotSimulate(stream: string, reason: string): ConnectorError {
  return new ConnectorError(
    `The API of stream "${stream}" cannot be made out of the manifest: ${reason}. With --config FILE in place of --simulate the studio asks the real API.`,
    { kind: 'config_error' },
  );
}

export function createSimulation({ clock = systemClock }: Environment): Simulation {
  // A time for them all, so that the same question has the same answer in the next read.
  const now = clock.now();
  return {
    configOf(manifest) {
      const schema = specificationIn(manifest.root)?.connectionSpecification ?? {};
      const made = exampleValue(schema, { now, wants: () => true });
      return isObject(made) ? made : {};
    },
    transportOf(manifest, config, readFile) {
      const simulator = createSimulator({
        manifest,
        config,
        clock: { ...clock, now: () => now },
        readFile,
        volume: (_stream, isPartition) => (isPartition ? recordsOfPartition : records),
      });
      return {
        close: simulator.transport.close,
        async send(request, options) {
          // As with a wire, others have their turn while an answer is on its way.
          await new Promise((resolve) => setImmediate(resolve));
          const response = await simulator.transport.send(request, options);
          const stream = options?.occasion?.stream;
          const reason = simulator.reports().find((report) => report.stream === stream)?.reason;
          // An answer that nobody can make is no answer to try again for.
          if (response.status === 501 && reason !== undefined) throw cannotSimulate(stream ?? '', reason);
          return response;
        },
      };
    },
  };
}
