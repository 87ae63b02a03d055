/**
 * Writes manifests/intercom.test.yaml anew, out of a small simulated workspace: what each stream asks and gets, what it
 * emits, where its state then is. Only what changed with a reason should change there, so read the diff. What stands in the
 * file before `tests:` is kept.
 *
 *   npm run --silent build && node dist/test/manifests/intercom/write-conformance-tests.js
 */
import { readFile, writeFile } from 'node:fs/promises';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import { defaultAccessToken } from '../../intercom-api/intercom.ts';
import * as answers from './conformance/answers.ts';
import { checkTests } from './conformance/check-tests.ts';
import { companyTests } from './conformance/company-tests.ts';
import { edgeTests } from './conformance/edge-tests.ts';
import { faultTests } from './conformance/fault-tests.ts';
import { hardCorners } from './conformance/hard-corners.ts';
import { pageTests } from './conformance/page-tests.ts';
import { parentTests } from './conformance/parent-tests.ts';
import { type Recording, type RecordOptions, record } from './conformance/record.ts';
import { specialTests } from './conformance/special-tests.ts';
import { testText, withoutTable } from './conformance/test-text.ts';
import { connectIntercom } from './sync-intercom.ts';

const file = 'manifests/intercom.test.yaml';
const config = { access_token: defaultAccessToken, start_date: '2023-12-01T00:00:00Z' };

/** Much of the workspace is older than the start date; what is asked in windows would then be asked often. */
const earlierDates = ['2023-06-01T00:00:00Z', '2022-01-01T00:00:00Z'];
const mostRequests = 16;

interface Full {
  readonly recording: Recording;
  readonly config: JsonObject;
}

/** Everything since the latest start date that has a few records. */
async function full(stream: string): Promise<Full> {
  let best: Full = { recording: await record(stream, config), config };
  for (const start_date of earlierDates) {
    if (best.recording.records.length >= 2) break;
    const earlier = { ...config, start_date };
    const recording = await record(stream, earlier);
    const isMore = recording.records.length > best.recording.records.length;
    if (isMore && recording.exchanges.length <= mostRequests) best = { recording, config: earlier };
  }
  return best;
}

const written: string[] = [];
const connector = await connectIntercom(config);
const streams = await connector.streams();
await connector.close();
for (const { name: stream, primaryKey, cursorField } of streams) {
  const key = [...(primaryKey ?? []).flat(), ...(cursorField === undefined ? [] : [cursorField])];
  const whole = await full(stream);
  const own = whole.config === config ? undefined : { start_date: whole.config['start_date'] };
  const write = async (
    name: string,
    options: RecordOptions,
    more: { readonly state?: JsonObject; readonly log?: string } = {},
  ) => {
    let recording = await record(stream, whole.config, options);
    let given: JsonObject | undefined = own;
    // Several requests that wait side by side would do so in no certain order.
    if (recording.waits.length > 0 && recording.exchanges.length > 2) {
      given = { ...own, concurrency: 1 };
      recording = await record(stream, { ...config, ...given }, options);
    }
    written.push(testText({ name, stream, recording, key, config: given, ...more }));
    return recording;
  };
  written.push(
    testText({
      name: 'everything since the start date',
      stream,
      recording: whole.recording,
      key,
      config: own,
      isExact: true,
      primaryKey: primaryKey?.map((path) => (path.length === 1 ? path[0] : path)),
    }),
  );
  const { state, exchanges } = whole.recording;
  if (cursorField !== undefined && state !== undefined)
    await write(
      'goes on from its state, and waits out a 429',
      { state: withoutTable(state), fault: answers.rateLimited },
      { state },
    );
  else await write('waits out a 429', { fault: answers.rateLimited });
  await write('is not in the plan of the workspace', { fault: answers.notInPlan });
  const children = exchanges
    .map(({ on }) => on.split(' ')[1]?.split('?')[0] ?? '')
    .filter((path) => /\/[\w-]*\d[\w-]*\/\w+$/.test(path));
  if (children[0] !== undefined) {
    await write(
      'a parent is gone',
      { fault: answers.gone(new RegExp(`^${children[0]}$`)) },
      { log: 'The parent is gone' },
    );
    if (new Set(children).size > 1) await write('one parent', { edit: answers.firstList(1) });
    else await write('three parents', { edit: answers.firstList(3) });
    await write('no parent', { edit: answers.firstList(0) });
  }
  const [only, ...others] = exchanges;
  const path = only?.on.replace(/^GET /, '') ?? '';
  if (only?.on.startsWith('GET') === true && others.length === 0) {
    const page = await record(stream, whole.config, {
      edit: answers.linked(`https://api.intercom.io${path}${path.includes('?') ? '&' : '?'}page=2`),
    });
    if (page.exchanges.length === 2)
      written.push(testText({ name: 'goes on with a link', stream, recording: page, key, config: own }));
    const position = await record(stream, whole.config, {
      edit: answers.linked({ starting_after: 'after this', page: 2 }),
    });
    if (position.exchanges.length === 2)
      written.push(
        testText({ name: 'goes on from a position', stream, recording: position, key, config: own }),
      );
  }
}
const more = [
  specialTests,
  faultTests,
  edgeTests,
  hardCorners,
  pageTests,
  parentTests,
  companyTests,
  checkTests,
];
for (const tests of more) written.push(...(await tests(config)));

const [head = ''] = (await readFile(file, 'utf8')).split(/^tests:$/m);
await writeFile(file, `${head}tests:\n${written.join('\n')}\n`);
