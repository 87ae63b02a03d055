import { runTests } from '../state/actions.ts';
import { report, testing } from '../state/outline.ts';
import { Line } from './line.tsx';

const signs: Readonly<Record<string, string>> = {
  passed: '✓',
  failed: '✕',
  warned: '!',
  'not-run': '–',
  nothing: '–',
};

/** What is asked of every manifest. */
export function Checks() {
  const checks = report.value?.checks ?? [];
  if (checks.length === 0)
    return (
      <div class="empty">
        <p>
          Some sixty checks ask of every manifest what a good connector does: pages end, nothing is lost when
          it resumes, keys are unique, secrets stay secret.
        </p>
        {testing.value === 'checks' ? (
          <p class="hint">
            <span class="spinner" aria-hidden="true" /> running on the saved file …
          </p>
        ) : (
          <button type="button" class="primary" onClick={() => void runTests(true)}>
            Run checks
          </button>
        )}
      </div>
    );
  const wrong = checks.filter(({ violations }) => violations.length > 0);
  const passed = checks.filter(({ verdict, violations }) => verdict === 'passed' && violations.length === 0);
  const rest = checks.length - wrong.length - passed.length;
  return (
    <div class="checks" role="region" aria-label="Checks" tabIndex={0}>
      <p>
        {passed.length} passed, {wrong.length} with something to see
        {rest > 0 && `, ${rest} had nothing to look at`}.
      </p>
      {wrong.map(({ id, verdict, violations, doc }) => (
        <section key={id} class={`check ${verdict}`}>
          <h3 title={doc}>
            <span class="sign" aria-hidden="true">
              {signs[verdict]}
            </span>{' '}
            {id}
          </h3>
          <ul>
            {violations.map(({ message, stream, line }) => (
              <li key={`${stream} ${line} ${message}`}>
                {stream !== undefined && <b>{stream}: </b>}
                {message} <Line line={line} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      <details>
        <summary>{passed.length} checks have passed</summary>
        <ul class="plain">
          {passed.map(({ id, doc }) => (
            <li key={id}>
              <code>{id}</code> <span class="soft">{doc}</span>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
