import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { source as axeSource } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromiumPath, launch, openPage, readStream, type Studio, startStudio } from './open-studio.ts';
import { type ShopApi, shopManifest, startShopApi } from './shop-api.ts';

const secret = 'canary-5f1c9e77a0b34d';
const pictures = join(tmpdir(), 'manifold-studio-pictures');

if (chromiumPath === undefined)
  process.stderr.write(
    'There is no Chromium here, so the studio is not tested in a browser. CHROMIUM names one.\n',
  );
const inBrowser = chromiumPath === undefined ? describe.skip : describe;

inBrowser('the studio in a browser', () => {
  let api: ShopApi;
  let browser: Browser;
  let folder: string;
  let manifest: string;
  const started: Studio[] = [];
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    [api, browser] = await Promise.all([startShopApi(), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    process.stderr.write(`Pictures of the studio are in ${pictures}\n`);
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'manifold-studio-'));
    manifest = join(folder, 'shop.yaml');
    writeFileSync(manifest, shopManifest(api.url));
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ token: secret }));
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    await Promise.all(started.splice(0).map((studio) => studio.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(...more: readonly string[]): Promise<Studio> {
    const studio = await startStudio(manifest, '--config', join(folder, 'config.json'), ...more);
    started.push(studio);
    return studio;
  }

  async function open(studio: Studio, options: Parameters<Browser['newContext']>[0] = {}) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    contexts.push(context);
    // For what never ends: a busy machine may take many times as long as a quiet one.
    context.setDefaultTimeout(300_000);
    return { context, ...(await openPage(context, studio.url)) };
  }

  /** Types at the end of a line of the manifest. */
  async function typeAfter(page: Page, text: string, typed: string): Promise<void> {
    await page.locator('.cm-line', { hasText: text }).first().click();
    await page.keyboard.press('End');
    await page.keyboard.type(typed);
  }

  /** By the rules of axe, those of its best practices among them. */
  async function expectAccessible(page: Page, what: string): Promise<void> {
    await page.evaluate(axeSource);
    const found = await page.evaluate(() =>
      Reflect.get(window, 'axe').run(document, {
        rules: {
          'scrollable-region-focusable': { enabled: true },
          'label-content-name-mismatch': { enabled: true },
        },
      }),
    );
    const wrong = found.violations.map(
      ({ id, nodes }: { id: string; nodes: { html: string; failureSummary: string }[] }) => [
        id,
        nodes.slice(0, 3).map((node) => `${node.html.slice(0, 200)} ${node.failureSummary}`),
      ],
    );
    expect({ what, wrong }).toEqual({ what, wrong: [] });
  }

  const editorText = (page: Page) => page.locator('.cm-content').innerText();

  test('works with everything beyond this machine blocked, and shows what a stream does and why', async () => {
    const { page, outside, errors } = await open(await start());
    await readStream(page, 'orders');
    const reading = await page.locator('.page-list').innerText();
    expect(reading).toContain('/orders?page=2');
    expect(reading).toContain('20 extracted · 4 dropped by record_filter line 26 · 16 emitted');
    expect(reading).toContain('the page is shorter than the page size');
    expect(await page.locator('.record.dropped').count()).toBe(4);
    await page.locator('.record.dropped').first().click();
    expect(await page.locator('.drop-reason').innerText()).toContain('Left out by record_filter');
    expect(await page.locator('.figures').innerText()).toContain('100 per 10 s');
    await page.getByRole('tab', { name: 'Schema' }).click();
    expect(await page.locator('.schema').innerText()).toContain('note');
    await page.getByRole('tab', { name: 'Pages' }).click();
    await page.getByRole('tab', { name: 'Response' }).click();
    await page.waitForSelector('.exchange .body');
    expect(await page.locator('[data-stream="order_items"]').getAttribute('data-depth')).toBe('1');
    expect({ outside, errors }).toEqual({ outside: [], errors: [] });
  });

  test('npm run studio: the Intercom manifest, against the simulated Intercom', async () => {
    const child = spawn(process.execPath, ['dist/test/intercom-api/studio.js', '--no-open'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const url = await new Promise<string>((resolve) =>
        child.stdout.once('data', (chunk) => resolve(String(chunk).trim())),
      );
      const studio = { url, origin: new URL(url).origin, stop: async () => {} };
      const { page, outside, errors } = await open(studio, { colorScheme: 'light' });
      await page.locator('.hint', { hasText: 'tests passed' }).waitFor();
      await readStream(page, 'contacts');
      expect(await page.locator('.summary').innerText()).toMatch(/[1-9]\d* records/);
      await page.setViewportSize({ width: 1280, height: 800 });
      const picture = await page.screenshot({
        path: join(pictures, 'intercom-light.jpg'),
        type: 'jpeg',
        quality: 70,
      });
      // README shows it: PICTURE=1 npm run test:browser makes it anew.
      if (process.env.PICTURE !== undefined) writeFileSync('docs/studio.jpg', picture);
      expect(statSync('docs/studio.jpg').size).toBeLessThan(150_000);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.setViewportSize({ width: 1280, height: 720 });
      await page.screenshot({ path: join(pictures, 'intercom-dark-small.png') });
      expect({ outside, errors }).toEqual({ outside: [], errors: [] });
    } finally {
      child.kill('SIGINT');
      await new Promise((resolve) => child.once('exit', resolve));
    }
  });

  test('typing in three thousand lines: how long a key takes to be seen', async () => {
    const extra = Array.from({ length: 3000 }, (_, line) => `  # a remark, number ${line}`).join('\n');
    writeFileSync(manifest, shopManifest(api.url).replace('definitions:', `definitions:\n${extra}`));
    const { page } = await open(await start());
    // What a page does when it opens is over.
    await page.waitForFunction(() => document.querySelector('.problems')?.textContent === 'no problems');
    await page.locator('.hint', { hasText: 'no tests yet' }).waitFor();
    await page.locator('.cm-line', { hasText: 'a remark, number 3' }).first().click();
    await page.evaluate(() => {
      const times: number[] = [];
      Object.assign(window, { times });
      document.addEventListener(
        'keydown',
        () => {
          const pressed = performance.now();
          requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - pressed)));
        },
        { capture: true },
      );
    });
    // At the pace of somebody who types fast: what comes without any pause waits for the frame of the key before.
    await page.keyboard.type('the quick brown fox jumps over the lazy dog', { delay: 100 });
    await page.waitForFunction(() => Reflect.get(window, 'times').length >= 43);
    const times: number[] = await page.evaluate(() => Reflect.get(window, 'times'));
    const sorted = times.sort((a, b) => a - b);
    process.stderr.write(`key to paint: p50 ${at(sorted, 0.5)} ms, p95 ${at(sorted, 0.95)} ms\n`);
    expect(await editorText(page)).toContain('the quick brown fox jumps over the lazy dog');
  });

  test('a mistake is underlined, and its fix is one press away', async () => {
    const { page } = await open(await start());
    await page.waitForFunction(() => document.querySelector('.problems')?.textContent === 'no problems');
    await page.locator('.cm-line', { hasText: 'name: big' }).first().click();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+End');
    const typed = page.evaluate(() => {
      const start = performance.now();
      return new Promise<number>((resolve) => {
        new MutationObserver((_, observer) => {
          if (document.querySelector('.cm-lintRange-error, .cm-lintRange-warning') === null) return;
          observer.disconnect();
          resolve(performance.now() - start);
        }).observe(document.body, { childList: true, subtree: true, attributes: true });
      });
    });
    await page.keyboard.type('nme: big');
    process.stderr.write(`mistake to squiggle: ${Math.round(await typed)} ms, of which 8 keys\n`);
    await page.locator('.problems').click();
    await page.locator('.cm-diagnosticAction', { hasText: 'name' }).first().click();
    await page.waitForFunction(() => document.querySelector('.problems')?.textContent === 'no problems');
    expect(await editorText(page)).not.toContain('nme: big');
  });

  test('completion knows the fields of the component', async () => {
    const { page } = await open(await start());
    await typeAfter(page, 'primary_key: id', '\n');
    await page.keyboard.type('inc');
    // For a moment after the list has come the editor takes Enter for a new line, but a click at once.
    await page.locator('.cm-tooltip-autocomplete li', { hasText: 'incremental_sync' }).click();
    await page.locator('.cm-line', { hasText: 'incremental_sync' }).waitFor();
  });

  test('a whole stream is completed, with what the manifest defines for all of them', async () => {
    const { page } = await open(await start());
    await page.locator('.cm-content').focus();
    await page.keyboard.press('Control+End');
    await page.locator('.cm-line', { hasText: 'spec:' }).first().click();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.type('  - ');
    await page.keyboard.press('Control+Space');
    await page.locator('.cm-tooltip-autocomplete li', { hasText: 'new stream' }).click();
    await page.locator('.cm-line', { hasText: 'path: /path' }).waitFor();
    // The name is selected, to be typed over.
    await page.keyboard.type('refunds');
    await page.locator('[data-stream="refunds"]').waitFor();
    await page.waitForFunction(() => document.querySelector('.problems')?.textContent === 'no problems');
    expect(await editorText(page)).toMatch(/\$ref: "#\/definitions\/requester"\n {8}path: \/path/);
  });

  test('with the caret in a template, its value on the page that is selected', async () => {
    const { page } = await open(await start());
    await readStream(page, 'orders');
    await page.locator('.cm-line', { hasText: 'record_filter' }).first().click();
    await page.keyboard.press('End');
    for (let presses = 0; presses < 12; presses++) await page.keyboard.press('ArrowLeft');
    const lens = page.locator('.cm-template-lens');
    await lens.waitFor();
    expect(await lens.innerText()).toMatch(/record\.status\s+'paid'\s+str/);
  });

  test('a read streams in, and cancelling it stops its requests', async () => {
    const { page } = await open(await start());
    await page.click('[data-stream="slow"]');
    await page.locator('.limit', { hasText: 'pages' }).locator('select').selectOption('all');
    await page.getByRole('button', { name: '▶ Read', exact: true }).click();
    await page.waitForFunction(() => document.querySelectorAll('.page').length >= 5);
    expect(await page.locator('button.cancel').count()).toBe(1);
    await page.locator('button.cancel').click();
    await page.locator('.summary', { hasText: 'cancelled' }).waitFor();
    // The request that was under way, at most, and none after it, though another stream has been read meanwhile.
    const slow = () => api.asked.filter((path) => path.startsWith('/slow')).length;
    await page.locator('.limit', { hasText: 'pages' }).locator('select').selectOption('3');
    const before = slow();
    await readStream(page, 'orders');
    await readStream(page, 'big');
    expect(slow()).toBeLessThanOrEqual(before + 1);
  });

  test('five thousand records scroll, of which only those in view are drawn', async () => {
    const { page } = await open(await start());
    await readStream(page, 'big');
    await page.locator('.summary', { hasText: '5,000 records' }).waitFor();
    const table = page.locator('.record-table');
    const frames: number[] = await table.evaluate(async (element) => {
      const times: number[] = [];
      let last = performance.now();
      for (let top = 0; top <= 130_000; top += 2600) {
        element.scrollTop = top;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        times.push(performance.now() - last);
        last = performance.now();
      }
      return times;
    });
    const sorted = frames.sort((a, b) => a - b);
    process.stderr.write(
      `scrolling 5,000 records: p50 ${at(sorted, 0.5)} ms, p95 ${at(sorted, 0.95)} ms a frame\n`,
    );
    await page.locator('.record', { hasText: 'thing 5000' }).waitFor();
    expect(await page.locator('.record').count()).toBeLessThan(120);
  });

  test('an edit from outside comes in; with text that is not saved, both are shown', async () => {
    const { page } = await open(await start());
    const changed = (remark: string) => writeFileSync(manifest, `# ${remark}\n${shopManifest(api.url)}`);
    changed('from another editor');
    await page.locator('.cm-line', { hasText: 'from another editor' }).waitFor();
    await typeAfter(page, 'from another editor', ', and mine');
    changed('from a third one');
    await page.getByText('Another program has changed the file').waitFor();
    expect(await editorText(page)).toContain('from another editor, and mine');
    await page.getByRole('button', { name: 'Compare' }).click();
    const merge = page.locator('.merge');
    await merge.getByText('from a third one').first().waitFor();
    expect(await merge.innerText()).toContain('and mine');
    await page.screenshot({ path: join(pictures, 'conflict.png') });
    // Nothing is written over what was not seen.
    expect(readFileSync(manifest, 'utf8')).toContain('from a third one');
    await page.getByRole('button', { name: 'Keep what is here' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved.').waitFor();
    expect(readFileSync(manifest, 'utf8')).toContain('from another editor, and mine');
  });

  test('a secret of the config reaches neither the page, nor its storage, nor what it can copy or save', async () => {
    const { page, context } = await open(await start());
    const answers: string[] = [];
    page.on(
      'response',
      (response) =>
        void response.text().then(
          (text) => answers.push(text),
          () => {},
        ),
    );
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await readStream(page, 'orders');
    await page.getByRole('tab', { name: 'Response' }).click();
    await page.waitForSelector('.exchange .body');
    expect(await page.locator('.exchange .body').innerText()).toContain('"you"');
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain('$TOKEN');
    await page.getByRole('tab', { name: 'Request', exact: true }).click();
    await page.getByText('Headers').click();
    await page.getByRole('tab', { name: 'Tests' }).click();
    await page.getByLabel('Name of the test').fill('reads all pages');
    await page.getByRole('button', { name: 'Save as test' }).click();
    await page.getByText('The test "reads all pages" is in').waitFor();
    const seen = await page.evaluate(() =>
      [
        document.documentElement.outerHTML,
        JSON.stringify(localStorage),
        JSON.stringify(sessionStorage),
        document.cookie,
      ].join(),
    );
    const written = readFileSync(join(folder, 'shop.test.yaml'), 'utf8');
    for (const text of [seen, copied, written, ...answers]) expect(text).not.toContain(secret);
  });

  test.each(['light', 'dark'] as const)(
    'with the keyboard alone, and by the rules of accessibility: %s',
    async (colorScheme) => {
      const { page } = await open(await start(), { colorScheme });
      for (let presses = 0; presses < 30; presses++) {
        await page.keyboard.press('Tab');
        if (await page.evaluate(() => document.activeElement?.getAttribute('role') === 'option')) break;
      }
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Enter');
      await page.locator('.summary', { hasText: '3 pages' }).waitFor();
      await page.waitForFunction(() => document.querySelector('button.cancel') === null);
      for (const tab of ['Pages', 'State', 'Schema', 'Tests', 'Checks']) {
        await page.getByRole('tab', { name: tab, exact: false }).first().focus();
        await page.getByRole('tablist').first().press('Home');
        await page.getByRole('tab', { name: tab }).click();
        await expectAccessible(page, tab);
        await page.screenshot({ path: join(pictures, `${tab.toLowerCase()}-${colorScheme}.png`) });
      }
      await page.getByRole('tab', { name: 'Pages' }).click();
      await page.keyboard.press('ArrowRight');
      expect(await page.getByRole('tab', { name: 'State' }).getAttribute('aria-selected')).toBe('true');
    },
  );

  test('the server is started again: the page goes on, and nothing that was typed is lost', async () => {
    const first = await start();
    const { page, context } = await open(first);
    await typeAfter(page, 'name: big', ' # mine');
    await first.stop();
    await page.getByText('The server has gone').waitFor();
    const second = await start('--port', new URL(first.url).port);
    await page.getByText('The studio was started anew').waitFor();
    // As the command opens it, in the same browser.
    const other = await context.newPage();
    await other.goto(second.url);
    await page.locator('.connection.open').waitFor();
    expect(await editorText(page)).toContain('name: big # mine');
    await readStream(page, 'orders');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved.').waitFor();
    expect(readFileSync(manifest, 'utf8')).toContain('name: big # mine');
  });

  test('a read is saved as a test, which the command line passes; an accepted schema is in the manifest', async () => {
    const { page } = await open(await start());
    await readStream(page, 'orders');
    await page.getByRole('tab', { name: 'Tests' }).click();
    await page.getByLabel('Name of the test').fill('reads all pages');
    await page.getByLabel('Name of the test').press('Enter');
    await page.getByText('The test "reads all pages" is in').waitFor();
    const said = execFileSync(
      process.execPath,
      ['dist/bin/manifold.js', 'test', manifest, '--no-checks', '--verbose'],
      { encoding: 'utf8' },
    );
    expect(said).toContain('reads all pages');
    await page.locator('.stream.tested[data-stream="orders"]').waitFor();
    await page.getByRole('tab', { name: 'Schema' }).click();
    await page.getByRole('button', { name: /^Accept/ }).click();
    await page.locator('.cm-line', { hasText: 'note:' }).first().waitFor();
    expect(readFileSync(manifest, 'utf8')).toMatch(/^\s+note:/m);
    await page.locator('.stream.stale[data-stream="orders"]').waitFor();
  });

  test('another host, another origin, no cookie, a used token: 403 each', async () => {
    const studio = await start();
    const { context } = await open(studio);
    const [cookie] = await context.cookies();
    const { port } = new URL(studio.url);
    const own = {
      host: `127.0.0.1:${port}`,
      cookie: `${cookie?.name}=${cookie?.value}`,
      origin: studio.origin,
    };
    const ask = (path: string, headers: Readonly<Record<string, string>>, method = 'GET') =>
      new Promise<number | undefined>((resolve, reject) => {
        const request = httpRequest({ port, host: '127.0.0.1', path, method, headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        // A socket that was taken, or cut off without a word.
        request.on('upgrade', (_, socket) => {
          socket.destroy();
          resolve(101);
        });
        request.on('error', reject);
        request.end();
      });
    const socket = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    };
    const { cookie: _, ...stranger } = own;
    const { origin: __, ...unnamed } = own;
    const statuses = {
      own: await ask('/api/file', own),
      ownSocket: await ask('/lsp', { ...own, ...socket }),
      otherHost: await ask('/api/file', { ...own, host: `evil.example:${port}` }),
      otherOrigin: await ask('/api/file', { ...own, origin: 'http://evil.example' }),
      stranger: await ask('/api/file', stranger),
      usedToken: await ask(new URL(studio.url).pathname + new URL(studio.url).search, stranger),
      write: await ask('/api/file', { ...own, origin: 'http://evil.example' }, 'PUT'),
      writeUnnamed: await ask('/api/file', unnamed, 'PUT'),
      socketOtherHost: await ask('/lsp', { ...own, ...socket, host: `evil.example:${port}` }),
      socketOtherOrigin: await ask('/lsp', { ...own, ...socket, origin: 'http://evil.example' }),
      socketStranger: await ask('/lsp', { ...stranger, ...socket }),
    };
    const { own: first, ownSocket, ...others } = statuses;
    expect({ first, ownSocket }).toEqual({ first: 200, ownSocket: 101 });
    expect([...new Set(Object.values(others))]).toEqual([403]);
  });

  test('a config is entered in the page: its secrets are used, and neither shown again nor stored', async () => {
    const studio = await startStudio(manifest);
    started.push(studio);
    const { page } = await open(studio);
    const answers: string[] = [];
    page.on(
      'response',
      (response) =>
        void response.text().then(
          (text) => answers.push(text),
          () => {},
        ),
    );
    await page.getByText('The API asks for a config: token is missing.').waitFor();
    await page.screenshot({ path: join(pictures, 'config-missing.png') });
    await page.locator('.reading').getByRole('button', { name: 'Enter config' }).click();
    // The browser itself asks for what is required.
    await page.getByRole('button', { name: 'Use this config' }).click();
    expect(await page.locator('dialog.form').isVisible()).toBe(true);
    await page.getByLabel('token').fill(secret);
    expect(await page.getByLabel('token').getAttribute('type')).toBe('password');
    await expectAccessible(page, 'config');
    await page.screenshot({ path: join(pictures, 'config-form.png') });
    await page.getByLabel('token').press('Enter');
    await page.getByText('The config is kept in memory').waitFor();
    await readStream(page, 'orders');
    await page.getByRole('tab', { name: 'Response' }).click();
    await page.waitForSelector('.exchange .body');
    expect(await page.locator('.exchange .body').innerText()).toContain('"you": "Bearer ****"');
    // Opened again it shows that there is one, and keeps it when nothing is entered.
    await page.getByRole('button', { name: 'Config', exact: true }).click();
    expect(await page.getByLabel('token').inputValue()).toBe('');
    await page.getByRole('button', { name: 'Use this config' }).click();
    await page.locator('dialog.form').waitFor({ state: 'detached' });
    await readStream(page, 'big');
    await page.locator('.summary', { hasText: '5,000 records' }).waitFor();
    const seen = await page.evaluate(() =>
      [
        document.documentElement.outerHTML,
        JSON.stringify(localStorage),
        JSON.stringify(sessionStorage),
        document.cookie,
      ].join(),
    );
    for (const text of [seen, readFileSync(manifest, 'utf8'), ...answers]) expect(text).not.toContain(secret);
  });

  test('a stream is added that is read like another one, read, and saved as a test', async () => {
    const { page } = await open(await start());
    await page.click('[data-stream="big"]');
    await page.getByRole('button', { name: '+ Add a stream' }).click();
    await page.getByLabel('Name').fill('customers');
    await page.getByLabel('Path').fill('/customers');
    await expectAccessible(page, 'add a stream');
    await page.screenshot({ path: join(pictures, 'add-stream.png') });
    // The browser itself says that the name is taken, and nobody is asked.
    await page.getByLabel('Name').fill('orders');
    await page.getByLabel('Path').press('Enter');
    expect(await page.locator('dialog.form').isVisible()).toBe(true);
    await page.getByLabel('Name').fill('customers');
    await page.getByLabel('Path').press('Enter');
    await page.locator('[data-stream="customers"][aria-selected="true"]').waitFor();
    expect(await editorText(page)).toContain('path: /customers');
    await page.keyboard.press('Control+Enter');
    await page.locator('.summary', { hasText: '2 records' }).waitFor();
    expect(api.asked).toContain('/customers');
    await page.getByRole('tab', { name: 'Tests' }).click();
    await page.getByLabel('Name of the test').fill('reads them');
    await page.getByRole('button', { name: 'Save manifest and test' }).click();
    await page.locator('.stream.tested[data-stream="customers"]').waitFor();
    await page.getByRole('tab', { name: 'Schema' }).click();
    await page.getByRole('button', { name: /^Accept/ }).click();
    await page.locator('.cm-line', { hasText: 'id:' }).first().waitFor();
    await page.getByText('declares id now').waitFor();
  });

  test('a stream for each record of another one, whose schema file is not there yet: one press makes it', async () => {
    const text = shopManifest(api.url).replace(
      'schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: { type: string } } } }',
      'schema_loader: { type: JsonFileSchemaLoader, file_path: "./schemas/{{ parameters.name }}.json" }\n    $parameters: { name: order_items }',
    );
    writeFileSync(manifest, text);
    mkdirSync(join(folder, 'schemas'));
    writeFileSync(join(folder, 'schemas/order_items.json'), '{"type":"object","properties":{"id":{}}}');
    const { page } = await open(await start());
    await page.getByRole('button', { name: '+ Add a stream' }).click();
    await page.getByLabel('Name').fill('order_notes');
    await page.getByLabel('Path').fill('/orders/{order_id}/notes');
    expect(await page.getByLabel('Read like').inputValue()).toBe('order_items');
    await page.getByLabel('Path').press('Enter');
    await page.locator('[data-stream="order_notes"][aria-selected="true"]').waitFor();
    await page.locator('.banner .place', { hasText: 'partition_field: order_id' }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.locator('.missing-schema').waitFor();
    await expectAccessible(page, 'a missing schema');
    await page.screenshot({ path: join(pictures, 'schema-missing.png') });
    expect(api.asked).toContain('/orders/1/notes');
    await page.getByRole('button', { name: 'Create schemas/order_notes.json' }).click();
    await page.locator('.missing-schema').waitFor({ state: 'detached' });
    expect(readFileSync(join(folder, 'schemas/order_notes.json'), 'utf8')).toContain('"id"');
    // The button is gone, and the keyboard goes on where it was.
    await page.waitForFunction(() => document.activeElement?.id === 'tab-test-read-records');
    await page.waitForFunction(() => document.querySelector('.problems')?.textContent === 'no problems');
  });

  test('two tabs: what one saves the other shows, and neither writes over the other', async () => {
    const studio = await start();
    const { page, context } = await open(studio);
    const { page: other } = await openPage(context, studio.origin);
    await typeAfter(page, 'name: big', ' # one');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await other.locator('.cm-line', { hasText: 'name: big # one' }).waitFor();
    await typeAfter(other, 'name: slow', ' # two');
    await typeAfter(page, 'name: slow', ' # three');
    await other.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Another program has changed the file').waitFor();
    expect(readFileSync(manifest, 'utf8')).toContain('name: slow # two');
    expect(await editorText(page)).toContain('name: slow # three');
  });
});

function at(sorted: readonly number[], share: number): string {
  return (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(1);
}
