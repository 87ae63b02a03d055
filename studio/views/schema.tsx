import type { SchemaView } from '../../engine/studio/messages.ts';
import { acceptSchema } from '../state/actions.ts';
import { isDirty } from '../state/file.ts';
import { isReading, reading } from '../state/read.ts';

/** How the records differ from the schema that is declared for them. */
export function Schema() {
  const { end, failure } = reading.value ?? {};
  const schema = end?.schema;
  if (schema === undefined)
    return (
      <p class="hint pad">
        {isReading.value
          ? 'The stream is being read …'
          : end === undefined && failure === undefined
            ? 'Read the stream: its records are compared with its schema.'
            : 'The last read came to no schema: the tab Pages says why.'}
      </p>
    );
  const { narrower, undeclared, unknown, records, missingFile } = schema;
  if (missingFile !== undefined)
    return (
      <div class="schema" role="region" aria-label="Schema and records" tabIndex={0}>
        <MissingSchema />
        {undeclared.length > 0 && (
          <section>
            <h3>Fields of the records</h3>
            <Fields fields={undeclared} />
          </section>
        )}
      </div>
    );
  if (records === 0) return <p class="hint pad">No records were read, so nothing is known of the schema.</p>;
  return (
    <div class="schema" role="region" aria-label="Schema and records" tabIndex={0}>
      <p class={narrower.length + undeclared.length === 0 ? 'good' : ''}>
        {narrower.length + undeclared.length === 0
          ? `All ${records.toLocaleString('en')} records fit the schema, and it declares every field that was seen.`
          : `${records.toLocaleString('en')} records were compared with the schema.`}
      </p>
      {narrower.length > 0 && (
        <section>
          <h3>Do not fit</h3>
          <ul class="diff">
            {narrower.map(({ path, problem, count }) => (
              <li key={path + problem} class="minus">
                <code>{path}</code> {problem} <span class="soft">({count} records)</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {undeclared.length > 0 && (
        <section>
          <h3>Seen, not declared</h3>
          <Fields fields={undeclared} />
          <button type="button" class="primary" onClick={() => void acceptSchema()}>
            {isDirty.value ? 'Accept and save' : 'Accept'}: declare{' '}
            {undeclared.length === 1 ? 'it' : `all ${undeclared.length}`}
          </button>
        </section>
      )}
      {unknown.length > 0 && (
        <section>
          <h3>Declared, not seen</h3>
          <p class="soft">{unknown.join(', ')}</p>
        </section>
      )}
    </div>
  );
}

/** The stream names a schema file that is not there: one press makes it out of what was read. */
export function MissingSchema() {
  const { missingFile, records = 0, undeclared = [] } = reading.value?.end?.schema ?? {};
  if (missingFile === undefined) return null;
  return (
    <div class="missing-schema">
      <p>
        There is no schema file <code>{missingFile}</code> yet, and a sync needs it.{' '}
        {records === 0
          ? 'No record was read, so it would have no fields; a later read adds them.'
          : `It can be made out of what was read: ${records.toLocaleString('en')} ${records === 1 ? 'record' : 'records'} with ${undeclared.length} ${undeclared.length === 1 ? 'field' : 'fields'}.`}
      </p>
      <button
        type="button"
        class="primary"
        onClick={({ currentTarget }) => {
          const tab = currentTarget
            .closest('.reading')
            ?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]');
          // The button goes with what it has done, and the keyboard is not to be lost with it.
          void acceptSchema().then(() => tab?.focus());
        }}
      >
        Create {missingFile}
      </button>
    </div>
  );
}

function Fields({ fields }: { readonly fields: SchemaView['undeclared'] }) {
  return (
    <ul class="diff">
      {fields.map(({ path, schema }) => (
        <li key={path} class="plus">
          <code>{path}</code> <span class="soft">{typesOf(schema)}</span>
        </li>
      ))}
    </ul>
  );
}

function typesOf(schema: unknown): string {
  const type = typeof schema === 'object' && schema !== null && 'type' in schema ? schema.type : undefined;
  return Array.isArray(type) ? type.join(' or ') : String(type ?? '');
}
