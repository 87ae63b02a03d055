import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Where Debian and others put it; undefined where there is none. */
export const chromiumPath: string | undefined = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

/** Without a sandbox for root, which has none, and without anything that looks for the network by itself. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Studio {
  /** With the token that opens it, once. */
  readonly url: string;
  readonly origin: string;
  stop(): Promise<void>;
}

/** Runs the command as its user does. */
export async function startStudio(...args: readonly string[]): Promise<Studio> {
  const child = spawn(process.execPath, ['dist/bin/manifold.js', 'studio', '--no-open', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await firstLine(child);
  return {
    url,
    origin: new URL(url).origin,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said += chunk;
    });
    child.stdout?.once('data', (chunk) => resolve(String(chunk).trim()));
    child.once('exit', () => reject(new Error(said)));
  });
}

/** What a page asked for that is not on this machine, and what went wrong in it. */
export interface Watched {
  readonly page: Page;
  readonly outside: string[];
  readonly errors: string[];
}

/** A page in which nothing but this machine can be reached. */
export async function openPage(context: BrowserContext, url: string): Promise<Watched> {
  const outside: string[] = [];
  const errors: string[] = [];
  await context.route(
    ({ hostname }) => hostname !== '127.0.0.1',
    (route) => {
      outside.push(route.request().url());
      return route.abort();
    },
  );
  const page = await context.newPage();
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) errors.push(message.text());
  });
  await page.goto(url);
  await page.waitForSelector('[role="option"]');
  return { page, outside, errors };
}

/** Reads a stream to the end of the read, as a user with a mouse. */
export async function readStream(page: Page, stream: string): Promise<void> {
  await page.click(`[data-stream="${stream}"]`);
  await page.getByRole('button', { name: '▶ Read', exact: true }).click();
  await page.waitForFunction(
    (name) =>
      document.querySelector('.reading h2')?.textContent === name &&
      document.querySelector('button.cancel') === null &&
      document.querySelector('.figures')?.textContent?.includes('a whole sync–') === false,
    stream,
  );
}
