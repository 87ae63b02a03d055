import { useSignal } from '@preact/signals';
import { configForm, saveConfig } from '../state/config.ts';
import {
  choiceAt,
  enteredValues,
  formIndex,
  formsOf,
  isFieldset,
  isLines,
  isSchema,
  pointerTo,
  propertiesOf,
  requiredIn,
  type Schema,
  typeOf,
} from '../state/config-values.ts';
import { Dialog } from './dialog.tsx';

/** The config, as the spec asks for it. */
export function Config() {
  const problem = useSignal('');
  const form = configForm.value;
  if (form === undefined) return null;
  const close = () => {
    configForm.value = undefined;
    problem.value = '';
  };
  return (
    <Dialog title="Config" close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          Promise.resolve()
            .then(() => enteredValues(form.schema, data, form.given))
            .then(({ values, keep }) => saveConfig(values, keep))
            .catch((thrown: unknown) => {
              problem.value = thrown instanceof Error ? thrown.message : String(thrown);
            });
        }}
      >
        <p class="hint">
          For reads from this page. It is kept in the memory of the studio until that ends, and written
          nowhere. Secrets are not shown again. <code>--config FILE</code> takes one from a file.
        </p>
        {propertiesOf(form.schema).length === 0 && formsOf(form.schema).length === 0 && (
          <p>The spec asks for nothing.</p>
        )}
        <Fields schema={form.schema} pointer="" value={form.values} given={form.given} />
        {problem.value !== '' && (
          <p class="failure" role="alert">
            {problem.value}
          </p>
        )}
        <footer>
          <button type="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" class="primary">
            Use this config
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

interface At {
  readonly schema: Schema;
  readonly pointer: string;
  readonly value: unknown;
  readonly given: readonly string[];
}

function Fields({ schema, pointer, value, given }: At) {
  const forms = formsOf(schema);
  const chosen = useSignal(formIndex(forms, value));
  const form = forms[chosen.value];
  const required = [...requiredIn(schema), ...requiredIn(form ?? {})];
  return (
    <>
      {propertiesOf(schema).map(([name, own]) => (
        <Field
          key={name}
          name={name}
          isRequired={required.includes(name)}
          schema={own}
          pointer={pointerTo(pointer, name)}
          value={isSchema(value) ? value[name] : undefined}
          given={given}
        />
      ))}
      {forms.length > 0 && (
        <label class="field">
          <span>One of</span>
          <select
            name={choiceAt(pointer)}
            value={String(chosen.value)}
            onChange={({ currentTarget }) => {
              chosen.value = Number(currentTarget.value);
            }}
          >
            {forms.map((each, index) => (
              <option key={index} value={String(index)}>
                {String(each.title ?? `form ${index + 1}`)}
              </option>
            ))}
          </select>
        </label>
      )}
      {propertiesOf(form ?? {}).map(([name, own]) => (
        <Field
          key={`${chosen.value} ${name}`}
          name={name}
          isRequired={required.includes(name)}
          schema={own}
          pointer={pointerTo(pointer, name)}
          value={isSchema(value) ? value[name] : undefined}
          given={given}
        />
      ))}
    </>
  );
}

function Field({ name, isRequired, ...at }: At & { readonly name: string; readonly isRequired: boolean }) {
  const { schema } = at;
  // There is nothing to be chosen.
  if (schema.const !== undefined) return null;
  const title = String(schema.title ?? name);
  const about = plain(schema.description);
  if (isFieldset(schema))
    return (
      <fieldset>
        <legend>{title}</legend>
        {about !== '' && <small>{about}</small>}
        <Fields {...at} />
      </fieldset>
    );
  return (
    <label class="field" for={idOf(at.pointer)}>
      <span>
        {title}
        {isRequired ? '' : <em> optional</em>}
      </span>
      <Input {...at} isRequired={isRequired} />
      {about !== '' && <small>{about}</small>}
    </label>
  );
}

function Input({ schema, pointer, value, given, isRequired }: At & { readonly isRequired: boolean }) {
  const preset = value ?? schema.default;
  const common = { id: idOf(pointer), name: pointer, autocomplete: 'off' };
  const examples: readonly unknown[] = Array.isArray(schema.examples) ? schema.examples : [];
  const placeholder = String(schema.pattern_descriptor ?? examples[0] ?? '');
  if (schema.airbyte_secret === true) {
    const isGiven = given.includes(pointer);
    return (
      <input
        {...common}
        type="password"
        autocomplete="new-password"
        required={isRequired && !isGiven}
        placeholder={isGiven ? 'given; leave empty to keep it' : placeholder}
      />
    );
  }
  if (Array.isArray(schema.enum))
    return (
      <select {...common} value={String(preset ?? '')} required={isRequired}>
        {!isRequired && <option value="" />}
        {schema.enum.map((each) => (
          <option key={String(each)}>{String(each)}</option>
        ))}
      </select>
    );
  const type = typeOf(schema);
  if (type === 'boolean') return <input {...common} type="checkbox" defaultChecked={preset === true} />;
  if (isLines(schema))
    return (
      <textarea
        {...common}
        required={isRequired}
        placeholder={placeholder === '' ? 'one in each line' : placeholder}
        defaultValue={Array.isArray(preset) ? preset.join('\n') : ''}
      />
    );
  if (type === 'object' || type === 'array')
    return (
      <textarea
        {...common}
        required={isRequired}
        placeholder="JSON"
        defaultValue={preset === undefined ? '' : JSON.stringify(preset, null, 2)}
      />
    );
  const own = {
    ...common,
    required: isRequired,
    placeholder,
    defaultValue: preset === undefined ? '' : String(preset),
    ...(placeholder !== '' && { title: placeholder }),
  };
  if (type === 'number' || type === 'integer')
    return <input {...own} type="number" step={type === 'number' ? 'any' : '1'} />;
  const pattern = typeof schema.pattern === 'string' ? { pattern: schema.pattern } : {};
  return <input {...own} {...pattern} type="text" />;
}

function idOf(pointer: string): string {
  return `config${pointer}`;
}

/** Descriptions may be HTML, which nobody here is to run. */
function plain(description: unknown): string {
  return typeof description === 'string' ? description.replace(/<[^>]*>/g, '') : '';
}
