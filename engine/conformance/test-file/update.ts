import { type Edit, editYaml } from '../../manifest/edit-yaml.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { requestLine } from './exchange.ts';
import type { ExpectationFields } from './fields.ts';
import type { Outcome } from './outcome.ts';
import type { PrimaryKey } from './pair-records.ts';
import { waitText } from './wait-text.ts';

/** A test whose expectations are to be those of what came out. */
export interface Updated {
  /** Of the test in its file. */
  readonly index: number;
  readonly expect: ExpectationFields;
  readonly outcome: Outcome;
  readonly key: PrimaryKey | undefined;
}

/** The text of a test file with what came out in place of what was expected. Only fields that a test has are rewritten. */
export function updatedText(text: string, updates: readonly Updated[]): string {
  const edits = updates.flatMap(({ index, expect, outcome, key }): Edit[] =>
    Object.entries(newValues(expect, outcome, key)).map(([field, value]) => ({
      path: ['tests', index, 'expect', field],
      value,
    })),
  );
  return editYaml(text, edits);
}

function newValues(expect: ExpectationFields, outcome: Outcome, key: PrimaryKey | undefined): JsonObject {
  const { records, states } = outcome;
  const keyFields = (key ?? []).flatMap((path) => (path.length === 1 ? path : []));
  const named = [
    ...new Set([...keyFields, ...(expect.records ?? []).flatMap((record) => Object.keys(record))]),
  ];
  const brief = records.map((record) =>
    Object.fromEntries(named.filter((name) => name in record).map((name) => [name, record[name]])),
  );
  const all: JsonObject = {
    records: expect.exact === true ? records : brief,
    exact: Array.isArray(expect.exact) ? records : expect.exact,
    count: records.length,
    state: states.at(-1) ?? {},
    states,
    requests: Array.isArray(expect.requests) ? outcome.requests.map(requestLine) : outcome.requests.length,
    slices: outcome.slices,
    waits: outcome.waits.map(waitText),
  };
  const isWritten = (field: string) => expect[field as keyof ExpectationFields] !== undefined;
  return Object.fromEntries(Object.entries(all).filter(([field]) => isWritten(field)));
}
