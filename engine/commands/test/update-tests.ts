import { writeFile } from 'node:fs/promises';
import { createTwoFilesPatch } from 'diff';
import type { Subject } from '../../conformance/subject.ts';
import type { ReadTestFile } from '../../conformance/test-file/read-test-file.ts';
import type { TestResult } from '../../conformance/test-file/run-test.ts';
import { type Updated, updatedText } from '../../conformance/test-file/update.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { writing } from '../../error/writing.ts';
import { createRedactor } from '../../http/wire/redact.ts';
import { secretsOf } from '../../protocol/secrets.ts';
import type { Environment } from '../environment.ts';

/** What a test expects is changed by people who then read the difference. Throws ConnectorError where nobody does. */
export function refuseUpdateInCi({ env }: Environment): void {
  if (['', undefined, 'false', '0'].includes(env['CI'])) return;
  throw new ConnectorError(
    '--update rewrites what tests expect, so it does not run where CI is set. Run it by hand, and commit the difference.',
    {
      kind: 'config_error',
    },
  );
}

/** Rewrites the expectations of tests that failed, and prints the difference. A request that no exchange expects stays a failure. */
export async function updateTests(
  { source, fields }: ReadTestFile,
  results: readonly TestResult[],
  subject: Subject,
  environment: Environment,
): Promise<void> {
  const streams = await subject.streams();
  const updates = results.flatMap((result): Updated[] => {
    const index = (fields?.tests ?? []).findIndex(
      ({ name, stream }) => name === result.name && stream === result.stream,
    );
    const expect = fields?.tests?.[index]?.expect;
    const isOfWire = result.failures.some(({ code }) => code !== undefined);
    if (result.status !== 'failed' || result.outcome === undefined || expect === undefined || isOfWire)
      return [];
    if (result.outcome.errors.length > 0) return [];
    const key = streams.find(({ name }) => name === result.stream)?.definition?.primaryKey;
    return [{ index, expect, outcome: result.outcome, key }];
  });
  const before = source.text ?? '';
  const after = updatedText(before, updates);
  if (updates.length === 0 || after === before) return;
  await writing(`The test file ${source.name}`, () => writeFile(source.name, after));
  // A config may stand right beside what is expected.
  const configs = [subject.config, fields?.config, ...(fields?.tests ?? []).map(({ config }) => config)];
  const redactor = createRedactor(configs.flatMap((config) => secretsOf(subject.asks ?? {}, config ?? {})));
  const patch = createTwoFilesPatch(source.name, source.name, before, after, 'before', 'updated', {
    context: 2,
  });
  await environment.write(redactor.text(patch));
}
