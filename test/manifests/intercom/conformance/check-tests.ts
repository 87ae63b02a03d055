import { isObject, type JsonObject } from '../../../../engine/util/json/json.ts';
import { defaultAccessToken } from '../../../intercom-api/intercom.ts';
import * as answers from './answers.ts';
import { type Fault, record } from './record.ts';
import { exchangeLines } from './test-text.ts';

const credentials = (given: JsonObject) => ({
  access_token: null,
  credentials: given,
});

/** What the connector takes for a config, and what `check` says of those that it refuses or that do not work. */
export async function checkTests(config: JsonObject): Promise<readonly string[]> {
  const written: string[] = [];

  function write(name: string, own: JsonObject, http: readonly string[], check: unknown): void {
    const lines = [`  - name: ${name}`];
    if (Object.keys(own).length > 0) lines.push(`    config: ${JSON.stringify(own)}`);
    if (http.length > 0) lines.push('    http:', ...http);
    lines.push(`    expect: { check: ${JSON.stringify(check)} }`);
    written.push(lines.join('\n'));
  }

  /** `check` reads the workspace, as a sync of it does. */
  async function exchanges(own: JsonObject, fault?: Fault): Promise<readonly string[]> {
    const given = Object.entries({ ...config, ...own }).filter(([, value]) => value !== null);
    const { region } = own;
    const recording = await record('workspace', Object.fromEntries(given), {
      ...(fault && { fault }),
      ...(region !== undefined && { edit: (json) => hostedIn(region, json) }),
    });
    return recording.exchanges.flatMap((exchange) => exchangeLines(exchange, true));
  }

  for (const [name, own] of Object.entries(taken)) write(name, own, await exchanges(own), 'SUCCEEDED');
  for (const [name, [own, message]] of Object.entries(refused))
    write(name, own, [], { status: 'FAILED', message });
  write('the token does not work', {}, await exchanges({}, answers.unauthorized), {
    status: 'FAILED',
    message: 'access token',
  });
  return written;
}

function hostedIn(region: unknown, { app, ...admin }: JsonObject): JsonObject {
  return isObject(app) ? { ...admin, app: { ...app, region: String(region).toUpperCase() } } : admin;
}

const versions = ['2.11', '2.12', '2.13', '2.14', '2.15', '2.16', '2.17', 'Preview'];

const taken: Readonly<Record<string, JsonObject>> = {
  'the config works': {},
  ...Object.fromEntries(
    ['us', 'eu', 'au'].map((region) => [`the config works in the region ${region}`, { region }]),
  ),
  ...Object.fromEntries(
    versions.map((version) => [
      `the config works with version ${version} of the API`,
      { api_version: version },
    ]),
  ),
  'the config works with the least that it may say': {
    lookback_window: 0,
    search_overlap_minutes: 0,
    company_scroll_days: 0,
    activity_logs_time_step: 1,
    concurrency: 1,
    deletion_sweep_hours: 0,
    company_segments_days: 0,
    deletion_capacity: 10,
    message_exports_lookback: 1,
  },
  'the config works with the most that it may say': {
    activity_logs_time_step: 91,
    concurrency: 160,
    deletion_capacity: 100_000,
  },
  'the config works through a proxy': { base_url: 'https://intercom-proxy.example.com' },
  'the config works with datasets': { reporting_datasets: [{ dataset_id: 'conversation' }] },
};

/** With the field that is named. */
const refused: Readonly<Record<string, readonly [config: JsonObject, message: string]>> = {
  'there is no start date': [{ start_date: null }, '"start_date" is missing'],
  'the start date is no moment': [{ start_date: '2023-12-01' }, '"start_date" must look like'],
  'there are no credentials': [{ access_token: null }, 'no credentials'],
  'the credentials have no token': [
    credentials({ auth_type: 'access_token' }),
    '"credentials.access_token" is missing',
  ],
  'the login by OAuth has no client id': [
    credentials({ auth_type: 'oauth', client_secret: 'client-secret', access_token: defaultAccessToken }),
    '"credentials.client_id" is missing',
  ],
  'the login by OAuth has no client secret': [
    credentials({ auth_type: 'oauth', client_id: 'id', access_token: defaultAccessToken }),
    '"credentials.client_secret" is missing',
  ],
  'the credentials are of no kind that there is': [
    credentials({ auth_type: 'password', access_token: defaultAccessToken }),
    '"credentials.auth_type" must be one of',
  ],
  'there is no such region': [{ region: 'mars' }, '"region" must be one of'],
  'there is no such version of the API': [{ api_version: '1.0' }, '"api_version" must be one of'],
  'the base URL is none': [{ base_url: 'intercom' }, '"base_url" must look like'],
  'a step of activity logs is too long': [{ activity_logs_time_step: 92 }, '"activity_logs_time_step" must'],
  'too much is asked at once': [{ concurrency: 161 }, '"concurrency" must'],
  'too few deletions are kept': [{ deletion_capacity: 9 }, '"deletion_capacity" must'],
  'too many deletions are kept': [{ deletion_capacity: 100_001 }, '"deletion_capacity" must'],
  'a dataset has no id': [{ reporting_datasets: [{}] }, '"reporting_datasets.0.dataset_id" is missing'],
};
