/** How long the language server takes for a manifest of three thousand lines. `node dist/bench/language-server.js` */
import { readFileSync } from 'node:fs';
import { startLanguageClient } from '../test/kit/language-client.ts';

const rounds = 20;
const uri = 'file:///bench/long.yaml';

/** The Intercom manifest, with streams that are listed again under other names until it is long enough. */
function longManifest(): string {
  const text = readFileSync('manifests/intercom.yaml', 'utf8');
  const copies: string[] = [];
  for (let number = 0; text.split('\n').length + copies.length * 5 < 3000; number++) {
    copies.push(
      `  - $ref: "#/definitions/streams/tags"\n    name: tags_${number}\n    $parameters:\n      name: tags_${number}\n      path: /tags\n`,
    );
  }
  return text.replace(/^streams:\n/m, `streams:\n${copies.join('')}`);
}

function report(what: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
  process.stdout.write(`${what.padEnd(14)} p50 ${at(0.5)} ms   p95 ${at(0.95)} ms\n`);
}

const text = longManifest();
const client = await startLanguageClient([process.execPath, 'dist/bin/manifold.js', 'lsp', '--stdio']);
process.stdout.write(`${text.split('\n').length} lines\n`);
await client.open(uri, text);
const findings: number[] = [];
const completions: number[] = [];
for (let round = 0; round < rounds; round++) {
  const start = performance.now();
  const found = client.nextFindings(uri);
  client.notify('textDocument/didChange', {
    textDocument: { uri, version: round + 2 },
    contentChanges: [{ text: `${text}# ${round}\n` }],
  });
  await found;
  findings.push(performance.now() - start);
  const line = text.slice(0, text.indexOf('\nstreams:')).split('\n').length;
  const asked = performance.now();
  await client.request('textDocument/completion', {
    textDocument: { uri },
    position: { line: line + 1, character: 4 },
  });
  completions.push(performance.now() - asked);
}
report('diagnostics', findings);
report('completion', completions);
process.stdout.write('Diagnostics wait for 50 ms of quiet, which is part of their time.\n');
await client.close();
