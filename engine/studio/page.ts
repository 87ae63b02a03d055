import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from 'hono';
import { nodeCrypto } from '../util/bytes/node-crypto.ts';

/** What the page may load and ask: its own files, from its own server. Styles of the editor carry the nonce. */
function policy(nonce: string): string {
  return [
    "default-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** For everything that is sent: nothing of it is kept, guessed at or shown inside of another page. */
export function setCommonHeaders(c: Context): void {
  c.header('Cache-Control', 'no-store');
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Referrer-Policy', 'no-referrer');
  c.header('Cross-Origin-Resource-Policy', 'same-origin');
  c.header('Cross-Origin-Opener-Policy', 'same-origin');
  if (c.res.headers.get('Content-Security-Policy') === null)
    c.header('Content-Security-Policy', policy('none'));
}

export function sendPage(c: Context): Response {
  const nonce = nodeCrypto().randomBytes(16).toString('base64');
  c.header('Content-Security-Policy', policy(nonce));
  return c.html(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="style-nonce" content="${nonce}">
<title>manifold studio</title>
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/main.css">
<script type="module" src="/assets/main.js"></script>
</head>
<body><div id="studio"></div><noscript>The studio needs JavaScript.</noscript></body>
</html>
`);
}

const types: Readonly<Record<string, string>> = {
  'main.js': 'text/javascript; charset=utf-8',
  'main.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};

/** One of the files that the build has made of the page. */
export async function sendAsset(c: Context, folder: string, name: string): Promise<Response> {
  const type = types[name];
  const bytes = type === undefined ? undefined : await readFile(join(folder, name)).catch(() => undefined);
  if (type === undefined || bytes === undefined) return c.text('Not found', 404);
  return c.body(bytes, 200, { 'Content-Type': type });
}
