import { acceptSchema } from '../state/actions.ts';
import { reading } from '../state/read.ts';

/** How the records differ from the schema that is declared for them. */
export function Schema() {
  const schema = reading.value?.end?.schema;
  if (schema === undefined)
    return <p class="hint pad">Read the stream: its records are compared with its schema.</p>;
  const { narrower, undeclared, unknown, records } = schema;
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
          <ul class="diff">
            {undeclared.map(({ path, schema: own }) => (
              <li key={path} class="plus">
                <code>{path}</code> <span class="soft">{typesOf(own)}</span>
              </li>
            ))}
          </ul>
          <button type="button" class="primary" onClick={() => void acceptSchema()}>
            Accept: declare {undeclared.length === 1 ? 'it' : `all ${undeclared.length}`}
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

function typesOf(schema: unknown): string {
  const type = typeof schema === 'object' && schema !== null && 'type' in schema ? schema.type : undefined;
  return Array.isArray(type) ? type.join(' or ') : String(type ?? '');
}
