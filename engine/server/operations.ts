import { defaultLimits } from '../builder/limits.ts';
import { fullResolveManifest, type ResolveOptions, resolveManifest } from '../builder/resolve.ts';
import type { StreamRead } from '../builder/stream-read.ts';
import { testRead } from '../builder/test-read.ts';
import { type Connector, connect, loadManifest, type Manifest } from '../connector/connector.ts';
import type { Surroundings } from '../connector/sync-scope.ts';
import { ConnectorError, isConnectorError } from '../error/connector-error.ts';
import { printError } from '../error/print-location.ts';
import { redactedError } from '../error/redacted-error.ts';
import { createRedactor } from '../http/wire/redact.ts';
import type { CatalogStream } from '../protocol/messages.ts';
import { hideSecrets } from '../protocol/secrets.ts';
import { parseState } from '../protocol/state-input.ts';
import { toCatalogStream } from '../protocol/to-catalog.ts';
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

export function createOperations(surroundings: Surroundings): Operations {
  /** Requests have no access to files beside the server. */
  const around = (signal: AbortSignal): Surroundings => ({
    ...surroundings,
    signal,
    readFile: async () => undefined,
  });

  async function withConnector<T>(
    body: Body<'check'>,
    signal: AbortSignal,
    run: (connector: Connector) => Promise<T>,
  ): Promise<T> {
    const { manifest } = manifestOf(body.manifest);
    refusePython(body.config);
    const redactor = createRedactor();
    const limits = { pagesPerSlice: defaultLimits.pagesPerSlice, slices: defaultLimits.slices };
    const connector = connect(manifest, body.config, { ...around(signal), redactor, limits });
    hideSecrets(redactor, connector.spec, body.config);
    try {
      return await run(connector);
    } catch (error) {
      throw redactedError(error, redactor.text);
    } finally {
      await connector.close();
    }
  }

  return Object.freeze({
    async resolve(body: Body<'resolve'>) {
      const { manifest, rewriting } = manifestOf(body.manifest);
      return { manifest: resolveManifest(manifest, rewriting) };
    },
    async fullResolve(body: Body<'fullResolve'>, signal: AbortSignal) {
      const { manifest, rewriting } = manifestOf(body.manifest);
      refusePython(body.config);
      const limits = { ...defaultLimits, streams: body.stream_limit };
      return {
        manifest: await fullResolveManifest(manifest, body.config, limits, {
          ...rewriting,
          surroundings: around(signal),
        }),
      };
    },
    check: (body: Body<'check'>, signal: AbortSignal) =>
      withConnector(body, signal, async (connector) => {
        try {
          connector.prepare();
          const { succeeded, message } = await connector.check();
          return { success: succeeded, message: message ?? null };
        } catch (error) {
          if (!isConnectorError(error) || error.kind !== 'config_error') throw error;
          return { success: false, message: printError(error) };
        }
      }),
    discover: (body: Body<'discover'>, signal: AbortSignal) =>
      withConnector(body, signal, async (connector) => {
        connector.prepare();
        const streams: CatalogStream[] = [];
        for (const stream of await connector.streams()) streams.push(await toCatalogStream(stream));
        return { catalog: { streams } };
      }),
    async testRead(body: Body<'testRead'>, signal: AbortSignal) {
      const { manifest } = manifestOf(body.manifest);
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
function manifestOf(given: JsonObject): GivenManifest {
  const { __should_migrate, __should_normalize, ...value } = given;
  return {
    manifest: loadManifest({ name: 'manifest' }, { value }),
    rewriting: { migrate: __should_migrate === true, normalize: __should_normalize === true },
  };
}

function refusePython(config: JsonObject, code?: string | null): void {
  if (!code && config.__injected_components_py === undefined) return;
  throw new ConnectorError(
    'Custom components in Python are not run here: this server runs no code that comes with a request. Leave the code out; components of the manifest that need it will say so.',
    { kind: 'config_error' },
  );
}
