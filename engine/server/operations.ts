import { defaultLimits } from '../builder/limits.ts';
import { fullResolveManifest, type ResolveOptions, resolveManifest } from '../builder/resolve.ts';
import type { StreamRead } from '../builder/stream-read.ts';
import { testRead } from '../builder/test-read.ts';
import type { BundledHooks } from '../connector/bundled-hooks.ts';
import type { Manifest } from '../connector/load-manifest.ts';
import { loadWithHooks } from '../connector/load-with-hooks.ts';
import type { Surroundings } from '../connector/sync-scope.ts';
import { withConnector } from '../connector/with-connector.ts';
import { ConnectorError, isConnectorError } from '../error/connector-error.ts';
import { printError } from '../error/print-location.ts';
import type { Hook } from '../language/hook.ts';
import { fieldOf } from '../manifest/node.ts';
import type { CatalogStream } from '../protocol/messages.ts';
import { parseState } from '../protocol/state-input.ts';
import type { JsonObject } from '../util/json/json.ts';
import type { RequestBodies } from './requests.ts';

type Body<Name extends keyof RequestBodies> = RequestBodies[Name];

/** What the API does with a request body. Everything is made anew for each request, so none can affect another. */
export interface Operations {
  resolve(body: Body<'resolve'>): Promise<{ readonly manifest: JsonObject }>;
  fullResolve(body: Body<'fullResolve'>, signal: AbortSignal): Promise<{ readonly manifest: JsonObject }>;
  check(
    body: Body<'check'>,
    signal: AbortSignal,
  ): Promise<{ readonly success: boolean; readonly message: string | null }>;
  discover(
    body: Body<'discover'>,
    signal: AbortSignal,
  ): Promise<{ readonly catalog: { readonly streams: readonly CatalogStream[] } }>;
  testRead(body: Body<'testRead'>, signal: AbortSignal): Promise<StreamRead>;
}

export interface OperationsOptions {
  /**
   * What connectors take from outside. `readFile` is for files that the manifests of requests name; by default there are
   * none.
   */
  readonly surroundings?: Surroundings;
  /** For custom components of the manifests: code that whoever starts the server trusts. */
  readonly hooks?: readonly Hook[];
  readonly bundledHooks?: BundledHooks;
}

export function createOperations({
  surroundings = {},
  hooks = [],
  bundledHooks = async () => [],
}: OperationsOptions): Operations {
  const { pagesPerSlice, slices } = defaultLimits;
  /** Requests have no access to files beside the server. */
  const around = (signal: AbortSignal): Surroundings => ({
    readFile: async () => undefined,
    ...surroundings,
    signal,
  });
  const tried = (signal: AbortSignal) => ({ ...around(signal), limits: { pagesPerSlice, slices } });

  async function manifestOf(given: JsonObject | string): Promise<GivenManifest> {
    const name = 'manifest';
    const source = typeof given === 'string' ? { name, text: given } : { name };
    return takeSwitches(await loadWithHooks(source, { value: given, hooks }, bundledHooks));
  }

  return Object.freeze<Operations>({
    async resolve(body) {
      const { manifest, rewriting } = await manifestOf(body.manifest);
      return { manifest: resolveManifest(manifest, rewriting) };
    },
    async fullResolve(body, signal) {
      const { manifest, rewriting } = await manifestOf(body.manifest);
      refusePython(body.config);
      const limits = { ...defaultLimits, streams: body.stream_limit };
      return {
        manifest: await fullResolveManifest(manifest, body.config, limits, {
          ...rewriting,
          surroundings: around(signal),
        }),
      };
    },
    async check(body, signal) {
      const { manifest } = await manifestOf(body.manifest);
      refusePython(body.config);
      return withConnector(manifest, body.config, tried(signal), {
        async work(connector) {
          try {
            const { succeeded, message } = await connector.check();
            return { success: succeeded, message: message ?? null };
          } catch (error) {
            if (!isConnectorError(error)) throw error;
            return failed(error);
          }
        },
        refused: async (error) => failed(error),
      });
    },
    async discover(body, signal) {
      const { manifest } = await manifestOf(body.manifest);
      refusePython(body.config);
      return withConnector(manifest, body.config, tried(signal), {
        work: async (connector) => ({ catalog: { streams: await connector.discover() } }),
      });
    },
    async testRead(body, signal) {
      const { manifest } = await manifestOf(body.manifest);
      refusePython(body.config, body.custom_components_code);
      return testRead(manifest, body.config, {
        stream: body.stream_name,
        states: parseState(body.state, { name: 'state' }),
        limits: { records: body.record_limit, pagesPerSlice: body.page_limit, slices: body.slice_limit },
        surroundings: around(signal),
      });
    },
  });
}
interface GivenManifest {
  readonly manifest: Manifest;
  readonly rewriting: Pick<ResolveOptions, 'migrate' | 'normalize'>;
}

/** The builder's own switches come inside the manifest. */
const switches = { migrate: '__should_migrate', normalize: '__should_normalize' } as const;

function takeSwitches(manifest: Manifest): GivenManifest {
  const { root } = manifest;
  const isOn = (name: string) => {
    const value = fieldOf(root, name);
    return value?.kind === 'scalar' && value.value === true;
  };
  const names: readonly string[] = Object.values(switches);
  const entries = new Map([...root.entries].filter(([name]) => !names.includes(name)));
  return {
    manifest: { ...manifest, root: { ...root, entries } },
    rewriting: { migrate: isOn(switches.migrate), normalize: isOn(switches.normalize) },
  };
}

function failed(error: ConnectorError): { readonly success: false; readonly message: string } {
  if (error.kind !== 'config_error') throw error;
  return { success: false, message: printError(error) };
}

function refusePython(config: JsonObject, code?: string | null): void {
  if (!code && config.__injected_components_py === undefined) return;
  throw new ConnectorError(
    'Custom components in Python are not run here: this server runs no code that comes with a request. Leave the code out; components of the manifest that need it will say so.',
    { kind: 'config_error' },
  );
}
