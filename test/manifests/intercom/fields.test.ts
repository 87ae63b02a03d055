import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isObject, type JsonObject } from '../../../engine/util/json/json.ts';
import { createWorkspace } from '../../intercom-api/workspace.ts';
import type { Row } from './ask.ts';
import { declaredIn, pathsOf, undeclaredIn } from './field-paths.ts';
import { listed, type StreamName, streamNames } from './listed.ts';
import { listedMore, type MoreStreamName, moreStreamNames, otherNames } from './listed-more.ts';
import { schemasAt } from './schemas-at.ts';

const versions = ['2.11', '2.12', '2.14', '2.16', '2.17', 'Preview'] as const;

const small = { contacts: 80, companies: 25, conversations: 40, tickets: 20, activityLogs: 30 };
type AnyStreamName = StreamName | MoreStreamName;
const everyStream: readonly AnyStreamName[] = [...streamNames, ...moreStreamNames];
type Records = Readonly<Record<AnyStreamName, readonly Row[]>>;
const known = new Map<string, Promise<Records>>();

async function listEverything(version: string): Promise<Records> {
  const workspace = createWorkspace({ now: () => Date.parse('2025-06-15T12:00:00Z'), sizes: small });
  return { ...(await listed(workspace, version)), ...(await listedMore(workspace, version)) };
}

/** All records of a workspace as a version shows them. */
function recordsOf(version: string): Promise<Records> {
  const records = known.get(version) ?? listEverything(version);
  known.set(version, records);
  return records;
}

describe('the fields of records', () => {
  it.each(versions)('of version %s are all declared', async (version) => {
    const schemas = await schemasAt(version);
    const records = await recordsOf(version);
    for (const stream of everyStream) {
      const undeclared = undeclaredIn(records[stream], schemas.get(stream) ?? {});
      expect([stream, undeclared]).toEqual([stream, []]);
    }
  });
});

/** The API's own description, where it lies beside the repository. */
const descriptions = ['2.11', '2.16']
  .map((version) => `../shared/intercom/openapi-${version}.yaml`)
  .filter((file) => existsSync(file));

/** What the API's description calls a record of a stream: the stream in the singular, unless it has another word for it. */
function componentOf(stream: AnyStreamName): string {
  return otherNames[stream] ?? stream.replace(/ies$/, 'y').replace(/s$/, '');
}

/** What this connector adds, and what records of real workspaces have although no description names it. */
const others: readonly RegExp[] = [
  // From examples of activity logs: what is in there depends on what was done.
  /^activity_logs\.metadata\.(message|admin)/,
  /^(_ab_cdc_deleted_at|_parts_truncated.*|merged_into_id|metrics_retained|company_id|conversation_id)$/,
  /^((contact|company|conversation|ticket)_(id|updated_at)|team_id|admin_id|teammate_id|event_type)$/,
  // A list says what it is a list of.
  /\.type$/,
  // From examples of the description and recorded answers.
  /^contacts\.(opted_(in|out)_subscription_types|utm_\w+|referrer|sms_consent|unsubscribed_from_sms|formatted_phone)/,
  /^contacts\.(location\.(continent|country)_code|enabled_push_messaging)/,
  /^conversations\.(redacted|sent_at|topics|ticket|source\.author\.(from_ai_agent|is_ai_answer))/,
  /^conversation_parts\.translations/,
  /^tickets\.(ticket_type\.(ticket_states|ticket_type_attributes)|ticket_parts\.ticket_parts\[\]\.translations)/,
  /^tickets\.(ticket_state_(internal|external)_label)/,
];

/** What is described and does not come: bodies that are not asked for, and what the other kind of note has. */
const neverSent = /^(data_connector_executions\.\w+_body|contact_notes\.company)$/;

type Description = { readonly components: { readonly schemas: Record<string, JsonObject> } };

function describedIn(document: Description, name: string): Set<string> {
  const found = new Set<string>();
  const visit = (given: unknown, at: string, depth: number, above: readonly unknown[]): void => {
    if (!isObject(given) || depth > 8) return;
    const target =
      typeof given.$ref === 'string'
        ? document.components.schemas[given.$ref.split('/').at(-1) ?? '']
        : given;
    if (target === undefined || above.includes(target)) return;
    const trail = [...above, target];
    for (const part of [target.allOf, target.oneOf, target.anyOf])
      if (Array.isArray(part)) for (const each of part) visit(each, at, depth + 1, trail);
    for (const [field, inner] of Object.entries((target.properties ?? {}) as JsonObject)) {
      const path = at === '' ? field : `${at}.${field}`;
      found.add(path);
      visit(inner, path, depth + 1, trail);
    }
    if (target.items !== undefined) visit(target.items, `${at}[]`, depth + 1, trail);
  };
  visit(document.components.schemas[name], '', 0, []);
  return found;
}

const itDescribed = descriptions.length > 0 ? it : it.skip;

describe('the fields of the schemas', () => {
  itDescribed('can all come, and none that is described at the top of a record is missing', async () => {
    const documents = descriptions.map((file) => parse(readFileSync(file, 'utf8')) as Description);
    const emitted = new Map<string, Set<string>>();
    for (const version of versions) {
      const records = await recordsOf(version);
      for (const stream of everyStream) {
        const seen = emitted.get(stream) ?? new Set();
        for (const path of pathsOf(records[stream])) seen.add(path.replace(/^\[\]\.?/, ''));
        emitted.set(stream, seen);
      }
    }
    const problems: unknown[] = [];
    for (const version of ['2.11', '2.16'] as const) {
      const schemas = await schemasAt(version);
      for (const stream of everyStream) {
        const declared = declaredIn(schemas.get(stream) ?? {});
        const described = new Set(
          documents.flatMap((document) => [...describedIn(document, componentOf(stream))]),
        );
        const never = [...declared].filter(
          (path) =>
            !described.has(path) &&
            emitted.get(stream)?.has(path) !== true &&
            !others.some((other) => other.test(path) || other.test(`${stream}.${path}`)),
        );
        if (never.length > 0) problems.push({ stream, version, never });
        const missing = [...described].filter(
          (path) =>
            !path.includes('.') &&
            !declared.has(path) &&
            path !== 'conversation_parts' &&
            !neverSent.test(`${stream}.${path}`),
        );
        if (missing.length > 0) problems.push({ stream, version, missing });
      }
    }
    expect(problems).toEqual([]);
  });
});
