import { defineHook, type ErrorHandler, type HttpResponse, isObject, slot } from 'manifold-connectors';

const regions: readonly string[] = ['us', 'eu', 'au'];

/**
 * Refuses an answer of `/me` that names another region than the config does: every host answers for a workspace, but
 * only its own has its data at hand. A base URL of the user's own may lead anywhere, unless it is a host of Intercom.
 */
export const RegionCheck = defineHook('ErrorHandler', {
  name: 'RegionCheck',
  doc: 'Says when the workspace is hosted in another region than the config says.',
  fields: () => ({
    handler: slot('ErrorHandler', 'DefaultErrorHandler').describe('Knows what to do about everything else.'),
  }),
  make(fields, scope) {
    const handler = fields.handler(scope);
    const { base_url, region } = scope.config();
    const expected = base_url ? regionOfHost(String(base_url)) : String(region ?? 'us');
    return Object.freeze<ErrorHandler>({
      ...handler,
      async resolve(outcome) {
        const resolution = await handler.resolve(outcome);
        if (!('response' in outcome) || resolution.action !== 'SUCCESS' || expected === undefined)
          return resolution;
        const actual = await regionIn(outcome.response);
        if (actual === undefined || actual === expected) return resolution;
        return {
          action: 'FAIL',
          failureType: 'config_error',
          message: base_url
            ? `Intercom hosts this workspace in the region "${actual}", and "base_url" leads to "${expected}". Leave "base_url" out, and set "region" to "${actual}".`
            : `Intercom hosts this workspace in the region "${actual}", and the config says "${expected}". Set "region" to "${actual}".`,
        };
      },
    });
  },
});

function regionOfHost(url: string): string | undefined {
  const host = /^https?:\/\/api\.(?:(eu|au)\.)?intercom\.io(?::\d+)?(?:\/|$)/i.exec(url);
  return host === null ? undefined : (host[1] ?? 'us').toLowerCase();
}

async function regionIn(response: HttpResponse): Promise<string | undefined> {
  const body: unknown = await response.json().catch(() => undefined);
  const region = isObject(body) && isObject(body.app) ? String(body.app.region).toLowerCase() : '';
  return regions.includes(region) ? region : undefined;
}
