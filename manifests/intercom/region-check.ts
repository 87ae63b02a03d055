import { defineHook, type ErrorHandler, type HttpResponse, isObject, slot } from 'manifold-connectors';

const regions: readonly string[] = ['us', 'eu', 'au'];

/**
 * Refuses an answer of `/me` that names another region than the config does: every host answers for a workspace, but
 * only its own has its data at hand. A base URL of the user's own may lead anywhere.
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
    const expected = String(region ?? 'us');
    return Object.freeze<ErrorHandler>({
      ...handler,
      async resolve(outcome) {
        const resolution = await handler.resolve(outcome);
        if (!('response' in outcome) || resolution.action !== 'SUCCESS' || base_url) return resolution;
        const actual = await regionIn(outcome.response);
        if (actual === undefined || actual === expected) return resolution;
        return {
          action: 'FAIL',
          failureType: 'config_error',
          message: `Intercom hosts this workspace in the region "${actual}", and the config says "${expected}". Set "region" to "${actual}".`,
        };
      },
    });
  },
});

async function regionIn(response: HttpResponse): Promise<string | undefined> {
  const body: unknown = await response.json().catch(() => undefined);
  const region = isObject(body) && isObject(body.app) ? String(body.app.region).toLowerCase() : '';
  return regions.includes(region) ? region : undefined;
}
