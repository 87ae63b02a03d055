import * as z from 'zod';
import type { FieldValues } from '../../language/component.ts';
import { template, templateMapping } from '../../language/fields.ts';
import { slot } from '../../language/slots.ts';
import { inspectTemplate } from '../../template/template.ts';
import { parseExpiryDate } from './expiry-date.ts';

const configPath = (name: string) => z.array(z.string()).default(['credentials', name]);

const refreshTokenUpdater = () =>
  z.object({
    refresh_token_name: z
      .string()
      .default('refresh_token')
      .describe('Field of the token response that holds the next refresh token.'),
    access_token_config_path: configPath('access_token').describe('Where the config keeps the access token.'),
    refresh_token_config_path: configPath('refresh_token').describe(
      'Where the config keeps the refresh token.',
    ),
    token_expiry_date_config_path: configPath('token_expiry_date').describe(
      'Where the config keeps the expiry date of the access token.',
    ),
    refresh_token_error_status_codes: z
      .array(z.int())
      .default([])
      .describe('Deprecated: see the authenticator.'),
    refresh_token_error_key: z.string().default('').describe('Deprecated: see the authenticator.'),
    refresh_token_error_values: z
      .array(z.string())
      .default([])
      .describe('Deprecated: see the authenticator.'),
  });

/** A date is looked at when it is written out, and otherwise once there is a config. */
const expiryDate = () =>
  template().superRefine(({ text }, context) => {
    const isWritten = text !== '' && inspectTemplate(text).isPlain;
    if (isWritten && parseExpiryDate(text) === undefined)
      context.addIssue({ code: 'custom', message: `"${text}" is not a date` });
  });

export const oauthFields = () => ({
  client_id_name: template().prefault('client_id').describe('Name under which the client id is sent.'),
  client_id: template().optional().describe('The client id.'),
  client_secret_name: template()
    .prefault('client_secret')
    .describe('Name under which the client secret is sent.'),
  client_secret: template().optional().describe('The client secret.'),
  refresh_token_name: template()
    .prefault('refresh_token')
    .describe('Name under which the refresh token is sent.'),
  refresh_token: template().optional().describe('What new access tokens are obtained with.'),
  token_refresh_endpoint: template()
    .optional()
    .describe('URL that gives access tokens; without it access_token_value is sent as it is.'),
  access_token_name: template()
    .prefault('access_token')
    .describe('Field of the token response that holds the token.'),
  access_token_value: template().optional().describe('An access token that is already there.'),
  expires_in_name: template()
    .prefault('expires_in')
    .describe('Field of the token response that says when it ends.'),
  grant_type_name: template().prefault('grant_type').describe('Name under which the grant type is sent.'),
  grant_type: template()
    .prefault('refresh_token')
    .describe('refresh_token, client_credentials or another grant.'),
  refresh_request_body: templateMapping().optional().describe('Further fields of the token request.'),
  refresh_request_headers: templateMapping()
    .optional()
    .describe(
      'Headers of the token request; with Authorization among them the client is not sent in the body.',
    ),
  send_refresh_request_as_query_params: z
    .boolean()
    .default(false)
    .describe('Sends the fields of the token request in its query string instead of its body.'),
  scopes: z.array(z.string()).optional().describe('Scopes to ask for.'),
  token_expiry_date: expiryDate().optional().describe('Until when access_token_value is good.'),
  token_expiry_date_format: z
    .string()
    .optional()
    .describe('Says that the token response gives a date and time of expiry instead of seconds.'),
  refresh_token_error_status_codes: z
    .array(z.int())
    .optional()
    .describe(
      'Statuses by which the endpoint rejects a refresh token; the user must then authenticate again.',
    ),
  refresh_token_error_key: z.string().optional().describe('Field of such an answer that names the error.'),
  refresh_token_error_values: z
    .array(z.string())
    .optional()
    .describe('Names of the error that mean a rejection.'),
  refresh_token_updater: refreshTokenUpdater()
    .optional()
    .describe('Keeps the tokens in the config: for APIs whose refresh tokens are good for one use.'),
  profile_assertion: slot('Authenticator', 'JwtAuthenticator')
    .optional()
    .describe('Signs the assertion that is traded for an access token.'),
  use_profile_assertion: z.boolean().default(false).describe('Authenticates by profile_assertion.'),
});

export type OAuthFields = FieldValues<typeof oauthFields>;
