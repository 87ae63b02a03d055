import { configure } from '../../../engine/connector/connector.ts';
import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import type { Hook } from '../../../engine/language/hook.ts';
import { createSimulator, type SimulatorOptions } from '../../../engine/simulator/simulator.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import { fakeClock } from '../../kit/scope.ts';

export interface SimulatedStream {
  readonly offered: number;
  readonly emitted: readonly JsonObject[];
  /** Why it is not simulated, or has one page only. */
  readonly reason: string | undefined;
}

export interface SimulatedRead {
  readonly streams: ReadonlyMap<string, SimulatedStream>;
  readonly errors: readonly string[];
  /** Method and URL of every request for records. */
  readonly requests: readonly string[];
}

/** Reads streams from the API that is made out of their own manifest. */
export async function readSimulated(
  yaml: string,
  names: readonly string[],
  {
    config = {},
    hooks = [],
    ...options
  }: Partial<Omit<SimulatorOptions, 'manifest' | 'clock'>> & { readonly hooks?: readonly Hook[] } = {},
): Promise<SimulatedRead> {
  const manifest = loadManifest({ name: 'x.yaml', text: yaml }, { hooks });
  const clock = fakeClock(Date.UTC(2026, 0, 15, 12));
  const requests: string[] = [];
  const simulator = createSimulator({
    manifest,
    config,
    clock,
    volume: (_stream, isPartition) => (isPartition ? 3 : 7),
    interfere(request, _about, answer) {
      requests.push(`${request.method} ${decodeURIComponent(request.url.href)}`);
      return answer();
    },
    ...options,
  });
  const connector = configure(manifest, config, { clock, transport: simulator.transport, random: () => 0.5 });
  const emitted = new Map<string, JsonObject[]>(names.map((name) => [name, []]));
  const errors: string[] = [];
  for await (const event of connector.read({ streams: names.map((name) => ({ name })) })) {
    if (event.kind === 'records') emitted.get(event.stream)?.push(...event.records);
    if (event.kind === 'error') errors.push(event.error.message);
  }
  const streams = names.map((name): [string, SimulatedStream] => {
    const report = simulator.reports().find(({ stream }) => stream === name);
    const reason = report?.reason ?? report?.paging;
    return [name, { offered: simulator.offered(name).length, emitted: emitted.get(name) ?? [], reason }];
  });
  return { streams: new Map(streams), errors, requests };
}
