import { listProblems } from '../editor/problems.ts';
import { save } from '../state/actions.ts';
import { openConfig } from '../state/config.ts';
import { connection, fileName, isDirty, problems, session } from '../state/file.ts';
import { outline } from '../state/outline.ts';
import { nextTheme, theme } from '../state/theme.ts';

export function Header() {
  const { errors, warnings } = problems.value;
  const opened = session.value;
  const { needs } = outline.value;
  return (
    <header class="header">
      <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
        <path d="M4 8h24M4 16h12l9-8M16 16l9 8M4 24h24" />
      </svg>
      <h1 class="file" title={opened?.file}>
        {fileName.value}
        {isDirty.value && <span class="dirty" title="Not saved" aria-label=", not saved" role="img" />}
      </h1>
      {opened?.isSimulated === true && (
        <span class="badge" title="Answers are made out of the manifest: no real API is asked">
          simulated API
        </span>
      )}
      {opened?.config !== undefined && (
        <span class="badge quiet">config {opened.config.split('/').at(-1)}</span>
      )}
      {opened !== undefined && opened.config === undefined && !opened.isSimulated && (
        <button type="button" class={needs.length > 0 ? 'needed' : ''} onClick={() => void openConfig()}>
          {opened.isConfigEntered ? 'Config' : 'Enter config'}
        </button>
      )}
      <span class="gap" />
      <button
        type="button"
        class={`problems ${errors > 0 ? 'bad' : ''}`}
        onClick={listProblems}
        disabled={errors + warnings === 0}
      >
        {errors + warnings === 0
          ? 'no problems'
          : `${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`}
      </button>
      <span
        class={`connection ${connection.value}`}
        title={`The server is ${connection.value === 'open' ? 'connected' : 'not there'}`}
      >
        {connection.value === 'open'
          ? 'connected'
          : connection.value === 'connecting'
            ? 'connecting'
            : 'reconnecting'}
      </span>
      <button type="button" onClick={nextTheme} aria-label={`Colours: ${theme.value}. Change`}>
        {theme.value === 'dark' ? '◑ dark' : theme.value === 'light' ? '◐ light' : '◐ auto'}
      </button>
      <button
        type="button"
        class="primary"
        onClick={() => void save()}
        disabled={!isDirty.value}
        title="Ctrl S"
      >
        Save
      </button>
    </header>
  );
}
