import { configure } from '../connector/connector.ts';
import type { Manifest } from '../connector/load-manifest.ts';
import type { Transport } from '../contract/scope.ts';
import { createResponse, responseHeaders } from '../http/wire/response.ts';
import type { Clock } from '../time/clock.ts';
import { virtualClock } from '../time/virtual-clock.ts';
import type { JsonObject } from '../util/json/json.ts';
import type { StreamReport } from './known-streams.ts';
import type { Simulator } from './simulator.ts';
import { withStandIns } from './stand-ins.ts';

export interface ClientOptions {
  readonly manifest: Manifest;
  readonly config: JsonObject;
  readonly clock: Clock;
  readonly readFile: (path: string) => Promise<string | undefined>;
  readonly simulator: Pick<Simulator, 'serve'>;
}

/** Whoever reads a served API starts after it. */
const later = 1500;

/**
 * The reports of a survey, with those streams as not simulated of which a client over HTTP, whose requests are all that it
 * says, would be refused a request.
 */
export async function refusedToClients(
  reports: readonly StreamReport[],
  options: ClientOptions,
): Promise<readonly StreamReport[]> {
  const told: StreamReport[] = [];
  for (const report of reports) {
    const refused = report.reason === undefined ? await firstRefused(report.stream, options) : undefined;
    const reason = refused && `over HTTP nothing says which of its slices "${refused}" asks for`;
    told.push(reason === undefined ? report : { ...report, reason });
  }
  return told;
}

async function firstRefused(
  stream: string,
  { manifest, config, clock, readFile, simulator }: ClientOptions,
): Promise<string | undefined> {
  let refused: string | undefined;
  const transport: Transport = {
    async send(request, { signal } = {}) {
      signal?.throwIfAborted();
      const { status, headers, body, isUnknown } = await simulator.serve(request);
      if (isUnknown === true) refused ??= `${request.method} ${request.url.pathname}`;
      return createResponse({ url: request.url.href, status, headers: responseHeaders(headers), body });
    },
    async close() {},
  };
  const connector = configure(withStandIns(manifest), config, {
    transport,
    readFile,
    clock: virtualClock(clock.now() + later),
    limits: { pagesPerSlice: 2, slices: 3, isAsInSync: true },
  });
  try {
    for await (const _event of connector.read({ streams: [{ name: stream }] }))
      if (refused !== undefined) break;
  } catch {
    // The stream's own failures are found by the survey.
  } finally {
    await connector.close();
  }
  return refused;
}
