import { pathJoins } from '../../../../engine/conformance/checks/path-joins.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(pathJoins);

describe('path-joins', () => {
  it('passes for segments with a slash between them', async () => {
    for (const path of [
      '/items/{{ config.token }}/parts.json?a=1&b={{ config.token }}',
      '/v{{ config.version }}/items',
      '/Items({{ config.token }})/parts_{{ config.token }}',
      '/items/{{ config.token }}.json',
    ])
      await expectPass(itemsWith({ path }));
  });

  it('looks at what is in quotes as it is without them', async () => {
    const quoted = (path: string) =>
      itemsWith().replace(/url: .*/, `url: '"https://{{ config["token"] }}.test${path}"'`);
    await expectPass(quoted('/items/'));
    await expectViolations(quoted('/items//list'), [
      { message: /^The "url" has two slashes one after the other/, at: '//list', stream: 'items' },
    ]);
  });

  it('finds two slashes', async () => {
    for (const path of ['/items//list', '/items//{{ config.token }}', '/items/{{ config.token }}//parts'])
      await expectViolations(itemsWith({ path }), [
        { message: /^The "url" has two slashes one after the other/, at: '//', stream: 'items' },
      ]);
  });

  it('takes the slashes of a scheme that a template gives for no part of a path', async () => {
    const base = (url: string) => itemsWith().replace('"https://api.test/items"', `'${url}'`);
    for (const scheme of [
      '{{ config.token }}://',
      '{% set parts = config.token.split("://") %}{{ parts[0] }}://',
      'https://',
    ]) {
      await expectPass(base(`${scheme}{{ config.token }}/items`));
      await expectViolations(base(`${scheme}{{ config.token }}//items`), [{ message: /has two slashes/ }]);
    }
  });

  it('finds a word and a template without a slash between them', async () => {
    await expectViolations(itemsWith({ path: '/items{{ config.token }}/parts' }), [
      {
        message: 'The "url" joins "items" and the value of a template without a "/" between them.',
        at: '{{ config',
      },
    ]);
    await expectViolations(itemsWith({ path: '/items/{{ config.token }}parts' }), [
      { message: /joins "parts" and the value of a template/ },
    ]);
  });

  it('finds a query that is not joined', async () => {
    for (const path of ['/items?a=1?b=2', '/items?a=1&&b=2', '/items?&a=1'])
      await expectViolations(itemsWith({ path }), [{ message: /where one parameter of its query/ }]);
  });

  it('looks into a query that is a path', async () => {
    await expectPass(itemsWith({ path: '/index.php?/v2/items/{{ config.token }}&a=b{{ config.token }}' }));
    await expectViolations(itemsWith({ path: '/index.php?/v2/items{{ config.token }}' }), [
      { message: /joins "items" and the value of a template/ },
    ]);
  });

  it('finds a host that is joined to a template', async () => {
    const base = (url: string) => itemsWith().replace('https://api.test/items', url);
    await expectPass(base('https://{{ config.token }}.api.test/items'));
    await expectPass(base('https://api{{ config.token }}.test/items'));
    for (const url of ['https://{{ config.token }}api.test/items', '{{ config.token }}api/items'])
      await expectViolations(base(url), [
        { message: /joins "api" and the value of a template/, at: '{{ config' },
      ]);
  });

  it('looks at the literals that a template may give', async () => {
    const host = (template: string) => itemsWith().replace('https://api.test', `https://${template}api.test`);
    for (const template of [
      "{{ 'play.' if config.token }}",
      "{{ 'play.' if config.token else '' }}",
      "{{ config.token ~ '.' }}",
      "{{ config.token + '.' if config.token else 'eu-' }}",
    ])
      await expectPass(host(template));
    for (const template of [
      "{{ 'play' if config.token }}",
      "{{ 'play.' if config.token else 'eu' }}",
      "{{ '.' ~ config.token }}",
      "{{ config.token or 'play.' }}",
      "{{ config.get('token', 'play.') }}",
    ])
      await expectViolations(host(template), [{ message: /joins "api" and the value of a template/ }]);
    await expectPass(itemsWith({ path: "/items{{ '/' ~ config.token if config.token }}" }));
    await expectViolations(itemsWith({ path: "/items{{ config.token ~ '/' if config.token }}" }), [
      { message: /joins "items" and the value of a template/ },
    ]);
  });
});
