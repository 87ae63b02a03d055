import type { JsonObject } from '../../../../engine/util/json/json.ts';
import * as answers from './answers.ts';
import { family } from './parent-tests.ts';
import { type Fault, now, type RecordOptions, record } from './record.ts';
import { testText } from './test-text.ts';

const seconds = now / 1000;
const start_date = '2024-01-15T10:00:00Z';
const start = Date.parse(start_date) / 1000;

/** Which companies a scroll finds, when there is one, and what a search for them meets. */
export async function companyTests(config: JsonObject): Promise<readonly string[]> {
  const written: string[] = [];

  async function write(
    name: string,
    stream: string,
    options: RecordOptions,
    own: JsonObject = {},
  ): Promise<void> {
    const recording = await record(stream, { ...config, ...own }, options);
    const { state, at } = options;
    written.push(
      testText({ name, stream, recording, config: own, state, at, isExact: true, keepsTable: true }),
    );
  }

  const ids = ['1', '2', '3', '4'];
  await write(
    'a scroll takes what changed from the start to now, both included',
    'companies',
    { fault: family('companies', ids, [start - 1, start, seconds, seconds + 1]) },
    { start_date },
  );
  // It is of the period before this one.
  const state = { updated_at: String(seconds - 60), scrolled_at: start - 14 * 86_400 };
  await write('a scroll takes what changed since the one before it', 'companies', {
    state,
    fault: family('companies', ids, [
      state.scrolled_at - 1,
      state.scrolled_at,
      state.scrolled_at + 1,
      seconds,
    ]),
  });

  const searched = { updated_at: String(seconds - 7200), scrolled_at: seconds - 3600 };
  const faults: Readonly<Record<string, Fault>> = {
    'meets a 429': answers.rateLimited,
    'meets a rate limit that never ends': answers.alwaysLimited,
    'is refused': answers.unauthorized,
    'is not in the plan': answers.notInPlan,
    'is not permitted': answers.unpermitted,
    'is unknown to the version of the API': () =>
      answers.answered(400, answers.error('intercom_version_invalid', 'Not in this version')),
    'is broken for a moment': answers.broken,
  };
  for (const [name, fault] of Object.entries(faults))
    await write(`the search for companies ${name}`, 'companies', {
      state: searched,
      fault: family('companies', ['1'], [], answers.on(/search$/, fault)),
    });
  // They are searched in a version that has notes, which the config's has not.
  await write(
    'the search for companies brings no more than the version of the config has',
    'companies',
    { state: { updated_at: String(seconds - 60 * 86_400), scrolled_at: seconds - 3600 } },
    { api_version: '2.11' },
  );
  for (const [name, fault] of Object.entries({
    'meets a rate limit that never ends': answers.alwaysLimited,
    'waits for the window that a 429 names': later,
  }))
    await write(`the scroll ${name}`, 'companies', { fault: answers.on(/scroll$/, fault) });

  // Twice in the same week.
  const sweeping = { include_deletions: true, deletion_capacity: 50 };
  const swept = await record('companies', { ...config, ...sweeping });
  await write(
    'no sweep in the same period',
    'companies',
    {
      state: swept.state,
      at: now + 3_600_000,
      prepare: (workspace) => workspace.deleteCompany(workspace.companies.rows()[0]?.id ?? ''),
    },
    sweeping,
  );

  await write('the workspace is in another region', 'workspace', {
    edit: (json) => ({ ...json, app: { ...(json['app'] as JsonObject), region: 'EU' } }),
  });
  for (const stream of ['contact_attributes', 'company_attributes'])
    await write('an attribute does not say that it is not archived', stream, {
      fault: () => answers.answered(200, { data: [{ name: 'email', full_name: 'email' }] }),
    });
  return written;
}

/** Longer than what is waited for otherwise. */
const later: Fault = (_, index) =>
  index === 0
    ? answers.answered(429, answers.error('rate_limit_exceeded', 'Exceeded rate limit'), {
        'X-RateLimit-Reset': String(seconds + 25),
      })
    : undefined;
