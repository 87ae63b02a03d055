import * as z from 'zod';
import type { Authenticator } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { pythonText } from '../../http/request/request-text.ts';
import { component } from '../../language/component.ts';
import { definitionKey } from '../../language/definition-key.ts';
import { fixedDurationTemplate } from '../../language/field-types/duration.ts';
import { template } from '../../language/fields.ts';
import { slot } from '../../language/slots.ts';
import { createTokenRotation } from './token-rotation.ts';

export const RateLimitedMultipleTokenAuthenticator = component({
  family: 'Authenticator',
  type: 'RateLimitedMultipleTokenAuthenticator',
  doc: 'Rotates among tokens by the calls each has left, and waits when all are spent.',
  fields: () => ({
    tokens: z
      .union([template(), z.array(template()).min(1)])
      .describe('The tokens: a list, or one text with delimiters.'),
    token_delimiter: z.string().default(',').describe('What separates the tokens of one text.'),
    auth_method: z.string().default('Bearer').describe('Word before the token in the header.'),
    header: z.string().default('Authorization').describe('Name of the header.'),
    quota_status_source: slot('QuotaStatusSource', 'QuotaStatusSource').describe(
      'Where the calls left of each token can be asked for.',
    ),
    quotas: z
      .array(slot('TokenQuota', 'TokenQuota'))
      .min(1)
      .describe('Pools of calls; a request draws on the first that matches.'),
    max_wait_time: fixedDurationTemplate()
      .prefault('PT2H')
      .describe('Longest wait for a reset (ISO 8601 duration).'),
    budget_reserve_fraction: z
      .number()
      .default(0.1)
      .describe('Part of the quota below which, on all tokens, requests are slowed down.'),
    budget_min_reserve: z.int().default(50).describe('Number of calls below which requests are slowed down.'),
  }),
  make(fields, scope) {
    const { tokens: written, token_delimiter: delimiter } = fields;
    const texts = Array.isArray(written)
      ? written.map((token) => pythonText(token(scope)()))
      : pythonText(written(scope)()).split(delimiter || ',');
    const tokens = texts.map((token) => token.trim()).filter((token) => token !== '');
    const fail = (message: string) =>
      new ConnectorError(message, { kind: 'config_error', nodes: [scope.place] });
    if (tokens.length === 0) throw fail('The config has no tokens to authenticate with.');
    for (const token of tokens) scope.sync.addSecret(token);

    const settings = {
      tokens,
      header: fields.header || 'Authorization',
      authMethod: fields.auth_method || 'Bearer',
      maxWaitMs: fields.max_wait_time(scope)().totalSeconds() * 1000,
      reserveFraction: fields.budget_reserve_fraction,
      minReserve: fields.budget_min_reserve,
    };
    const nodes = [fields.quota_status_source, ...fields.quotas];
    const key = JSON.stringify([
      'token rotation',
      settings,
      nodes.map(({ node }) => definitionKey(node, scope.parameters)),
    ]);
    // All streams share one set of counters, since they spend the same calls.
    const rotation = scope.sync.shared(key, () => {
      const source = fields.quota_status_source(scope);
      const quotas = fields.quotas.map((quota) => quota(scope));
      return createTokenRotation({ ...settings, source, quotas }, scope);
    });
    return Object.freeze<Authenticator>({ ...rotation });
  },
});
