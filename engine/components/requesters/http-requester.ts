import * as z from 'zod';
import type { Authenticator, RequestContext, SendOptions } from '../../contract/families.ts';
import { emptyParts, type RequestParts } from '../../contract/request-parts.ts';
import type { Scope, Timeouts } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { totalOf, uncounted } from '../../http/cache/read-by.ts';
import { bodyTemplate, withoutNulls } from '../../http/request/body-template.ts';
import { joinUrl } from '../../http/request/join-url.ts';
import { mergeFields, mergeParts } from '../../http/request/merge-parts.ts';
import { addOrigin, dropCredentials, leavesOrigin } from '../../http/request/origins.ts';
import { outgoingRequest } from '../../http/request/outgoing-request.ts';
import { requestTemplateContext, withProperties } from '../../http/request/request-context.ts';
import { pythonText } from '../../http/request/request-text.ts';
import { sendRequest } from '../../http/send/send.ts';
import { createCookies } from '../../http/wire/cookies.ts';
import { component } from '../../language/component.ts';
import { credentialKey } from '../../language/definition-key.ts';
import { deprecated } from '../../language/field-meta.ts';
import {
  type Deferred,
  type Evaluate,
  nestedTemplate,
  template,
  templateMapping,
} from '../../language/fields.ts';
import { makeDefault, slot } from '../../language/slots.ts';
import { requestNames } from '../../language/template-names.ts';
import { fieldOf } from '../../manifest/node.ts';
import { isDict } from '../../template/python-values.ts';
import { readBack } from '../../template/read-back.ts';
import { inspectTemplate, type TemplateContext } from '../../template/template.ts';
import { type QueryParameters, queryParameters } from './query-parameters.ts';
import { propertiesTwice, queryPropertiesOf } from './query-properties-of.ts';

const templateTexts = (options: { valueType?: 'request_params' } = {}) =>
  z
    .record(z.string(), z.string())
    .transform((texts): Record<string, unknown> => texts)
    .pipe(templateMapping(options));

/** A template that gives a mapping; a text that is written out is none. */
const mappingTemplate = () =>
  template().superRefine(({ text }, context) => {
    if (inspectTemplate(text).isPlain && isMisread(readBack(text, undefined)))
      context.addIssue({ code: 'custom', message: `a mapping is expected, not "${text}"` });
  });

const textOrMapping = (options: { valueType?: 'request_params' } = {}) =>
  z.union([template(), templateTexts(options)]);

/** Builds the request of a slice and a page token and sends it. */
export const HttpRequester = component({
  family: 'Requester',
  type: 'HttpRequester',
  doc: 'Sends HTTP requests.',
  sees: requestNames,
  fields: () => ({
    url: template().optional().describe('URL of the endpoint.'),
    url_base: deprecated(
      template().optional().describe('Deprecated: use "url". First part of the URL.'),
      'url',
    ),
    path: deprecated(
      template().optional().describe('Deprecated: use "url". What follows the base URL.'),
      'url',
    ),
    http_method: z.enum(['GET', 'POST']).default('GET').describe('Method of the requests.'),
    authenticator: slot('Authenticator').optional().describe('How requests prove who sends them.'),
    fetch_properties_from_endpoint: deprecated(
      slot('PropertiesFromEndpoint', 'PropertiesFromEndpoint')
        .optional()
        .describe('Deprecated: use "query_properties". Where the properties to ask for are listed.'),
      'query_properties',
    ),
    query_properties: slot('QueryProperties', 'QueryProperties')
      .optional()
      .describe('Properties that every request has to name, in chunks where the API limits them.'),
    request_parameters: z
      .union([template(), queryParameters()])
      .optional()
      .describe('Query parameters of the requests.'),
    request_headers: z
      .union([mappingTemplate(), templateTexts()])
      .optional()
      .describe('Headers of the requests, without credentials.'),
    request_body_data: deprecated(
      textOrMapping({ valueType: 'request_params' })
        .optional()
        .describe('Deprecated: use "request_body". A text, or the fields of a form.'),
      'request_body',
    ),
    request_body_json: deprecated(
      z
        .union([
          template(),
          z
            .record(z.string(), z.unknown())
            .transform((value): unknown => value)
            .pipe(nestedTemplate({ keepsTexts: true })),
        ])
        .optional()
        .describe('Deprecated: use "request_body". A JSON body.'),
      'request_body',
    ),
    request_body: slot('RequestBody').optional().describe('Body of the requests.'),
    error_handler: slot('ErrorHandler', 'DefaultErrorHandler')
      .optional()
      .describe('What to do when a request fails.'),
    use_cache: z.boolean().optional().describe('Send the same request only once per sync.'),
    connect_timeout_in_seconds: z
      .number()
      .gt(0)
      .optional()
      .describe('How long it may take to connect, the TLS handshake included.'),
    read_timeout_in_seconds: z
      .number()
      .gt(0)
      .optional()
      .describe('How long the API may be silent before its answer and in the middle of it.'),
    // Connections are always probed.
    use_tcp_keepalive: z
      .boolean()
      .default(false)
      .describe('Notice connections that have died; manifold does so in any case.'),
  }),
  check: (fields) =>
    propertiesTwice({ ...fields, inParameters: propertiesInParameters(fields.request_parameters) }),
  make(fields, scope) {
    const { sync, stream } = scope;
    const url = fields.url?.(scope);
    const urlBase = fields.url_base?.(scope);
    const path = fields.path?.(scope);
    // The login of an authenticator is a request of its own, even if the stream's responses are shared.
    const authenticator = fields.authenticator?.({
      ...scope,
      ...(stream && { stream: { ...stream, isParent: () => false } }),
    });
    const errorHandler =
      fields.error_handler?.(scope) ?? makeDefault('ErrorHandler', 'DefaultErrorHandler', scope);
    const parameters = parametersOf(fields.request_parameters, scope);
    const headers = fields.request_headers?.(scope);
    const bodies = [
      fields.request_body?.(scope),
      fields.request_body_data && bodyTemplate('data', fields.request_body_data(scope)),
      fields.request_body_json && bodyTemplate('json', fields.request_body_json(scope)),
    ].filter((body) => body !== undefined);
    const queryProperties = queryPropertiesOf({ ...fields, inParameters: parameters.properties }, scope);
    const timeouts = timeoutsOf(fields.connect_timeout_in_seconds, fields.read_timeout_in_seconds);
    const cookies = createCookies();
    const identity = fields.authenticator && credentialKey(fields.authenticator.node, scope.parameters);
    const origins = sync.shared('origins of the API', () => new Set<string>());
    for (const field of ['url', 'url_base'] as const)
      addOrigin(origins, fields[field]?.(scope), fieldOf(scope.node, field));
    // Of a parent it is known how often it is read. With `use_cache` a stream may ask for the same again and again.
    const counted = sync.readersOf(scope.node);
    const readers = fields.use_cache === undefined ? counted : uncounted(counted);
    const useCache = fields.use_cache ?? (totalOf(counted) !== 1 && stream?.isParent() === true);

    const baseUrl = () => textOf(url, {}) || textOf(urlBase, {});

    function urlOf(context: TemplateContext, replacement: string | undefined): string {
      const base = textOf(urlBase, context);
      const whole = textOf(url, context);
      const last = replacement || textOf(path, context).replace(/^\/+/, '');
      if (base !== '') return joinUrl(base, last);
      return last === '' ? whole : joinUrl(whole, last);
    }

    function partsOf(
      context: RequestContext,
      templateContext: TemplateContext,
      options: SendOptions,
      credentials: RequestParts | undefined,
    ): RequestParts {
      const parts = emptyParts();
      if (parameters.evaluate !== undefined)
        mergeFields(
          parts.params,
          mappingOf(parameters.evaluate, templateContext, 'request_parameters'),
          'request parameter',
        );
      if (parameters.name !== undefined && options.properties !== undefined) {
        parts.params[parameters.name] = options.properties.join(',');
      }
      if (headers !== undefined)
        mergeFields(parts.headers, mappingOf(headers, templateContext, 'request_headers'), 'header');
      for (const body of bodies) body.addTo(parts, context);
      if (credentials !== undefined) mergeParts(parts, credentials);
      if (options.parts !== undefined) mergeParts(parts, options.parts);
      return parts;
    }

    const trusts = (origin: string) => origins.has(origin);
    const warned = new Set<string>();
    function warnOfForeignOrigin(target: string): void {
      const { origin } = new URL(target);
      if (warned.has(origin)) return;
      warned.add(origin);
      sync.log(
        'WARN',
        `A page of stream "${stream?.name ?? ''}" is at another origin (${origin}), to which no credentials are sent. If it belongs to the API, let a requester of the manifest name it as its "url_base".`,
      );
    }

    return {
      ...(queryProperties && { queryProperties }),
      async send(options) {
        const context: RequestContext = {
          slice: withProperties(options.slice, options.properties),
          token: options.token,
        };
        const templateContext = requestTemplateContext(context);
        const target = urlOf(templateContext, options.path);
        const isForeign =
          options.path !== undefined && leavesOrigin(urlOf(templateContext, undefined), target, origins);
        const credentials =
          isForeign || authenticator?.addTo === undefined ? undefined : await credentialParts(authenticator);
        const parts = partsOf(context, templateContext, options, credentials);
        const request = outgoingRequest(fields.http_method, target, parts, baseUrl);
        if (isForeign && (dropCredentials(request, sync.holdsSecret) || authenticator !== undefined))
          warnOfForeignOrigin(target);
        const purpose = options.purpose ?? stream?.purpose;
        // To return the promise itself would take three turns instead of one.
        return await sendRequest(request, {
          sync,
          authenticator: isForeign ? undefined : authenticator,
          identity: isForeign ? undefined : identity,
          trusts,
          errorHandler,
          useCache,
          readers,
          timeouts,
          cookies,
          streaming: options.streaming === true,
          signal: options.signal,
          accept: options.accept,
          findSecrets: options.findSecrets,
          stream: stream?.name,
          purpose,
          slice: options.slice,
          page: options.page,
          place: scope.place,
          occasion: {
            requester: scope.node,
            stream: stream?.name,
            purpose,
            slice: options.slice,
            token: options.token,
          },
        });
      },
    };
  },
});

/** What an authenticator has to say before the request is serialised. */
async function credentialParts(authenticator: Authenticator): Promise<RequestParts> {
  const parts = emptyParts();
  await authenticator.addTo?.(parts);
  return parts;
}

function timeoutsOf(connect: number | undefined, read: number | undefined): Timeouts | undefined {
  if (connect === undefined && read === undefined) return undefined;
  return { connect: connect && connect * 1000, read: read && read * 1000 };
}

function textOf(evaluate: Evaluate | undefined, context: TemplateContext): string {
  return evaluate === undefined ? '' : pythonText(evaluate(context));
}

function propertiesInParameters(field: Deferred<Evaluate> | QueryParameters | undefined) {
  return typeof field === 'object' ? field.properties?.slot : undefined;
}

function parametersOf(field: Deferred<Evaluate> | QueryParameters | undefined, scope: Scope) {
  if (field === undefined) return { evaluate: undefined, properties: undefined, name: undefined };
  if (typeof field === 'function') return { evaluate: field(scope), properties: undefined, name: undefined };
  return {
    evaluate: field.texts(scope),
    properties: field.properties?.slot,
    name: field.properties?.name,
  };
}

/** The fields of a mapping, or of the mapping that a single template gives. */
function mappingOf(evaluate: Evaluate, context: TemplateContext, name: string): Record<string, unknown> {
  const value = evaluate(context);
  if (isDict(value)) return withoutNulls(value);
  if (!isMisread(value) || name === 'request_parameters') return {};
  throw new ConnectorError(`"${name}" must be a mapping, not "${value}".`, { kind: 'config_error' });
}

/** A text with something in it, where a mapping is expected. */
function isMisread(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
