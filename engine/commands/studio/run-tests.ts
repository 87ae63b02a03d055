import { spawn } from 'node:child_process';
import { ConnectorError } from '../../error/connector-error.ts';

/**
 * `manifold test --json` in a process of its own, so that the editor stays quick while a manifest is tested. Resolves to
 * the report. Throws ConnectorError with what the command said when there is none.
 */
export async function runTests(options: {
  readonly program: string;
  readonly file: string;
  readonly checks: boolean;
  readonly hooks: readonly string[];
  readonly signal: AbortSignal;
}): Promise<string> {
  const { program, file, checks, hooks, signal } = options;
  const args = [
    program,
    'test',
    file,
    '--json',
    '-',
    ...(checks ? [] : ['--no-checks']),
    ...hooks.flatMap((path) => ['--hooks', path]),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], signal });
  const [out, said] = await Promise.all([textOf(child.stdout), textOf(child.stderr), ended(child)]);
  // Whatever else a report says goes before or after it.
  const start = out.indexOf('{');
  const end = out.lastIndexOf('}');
  if (start >= 0 && end > start) return out.slice(start, end + 1);
  throw new ConnectorError(`The tests of ${file} could not be run: ${said.trim() || out.trim()}`, {
    kind: 'config_error',
  });
}

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function ended(child: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve());
  });
}
