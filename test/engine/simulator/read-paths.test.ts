import { readPaths, readPathsOfNames } from '../../../engine/simulator/read-paths.ts';

describe('readPaths', () => {
  it.each([
    ["{{ record.labels.nodes | map(attribute='id') | list }}", [['id']]],
    ["{{ (record.labels.nodes or []) | map(attribute='owner.id') | join(',') }}", [['owner', 'id']]],
    [
      "{{ record.labels.nodes | default([]) | selectattr('is_on') | map(attribute='id') | list }}",
      [['id'], ['is_on']],
    ],
    ["{{ record.labels.nodes | map(attribute='owner') | map(attribute='id') | first }}", [['owner', 'id']]],
    ["{{ record.labels.nodes | sum(attribute='count') }}", [['count']]],
    ['{% for label in record.labels.nodes %}{{ label.id }}{% endfor %}', [['id']]],
    ['{% for label in (record.labels.nodes or []) %}{{ label.id }}{% endfor %}', [['id']]],
  ])('tells what is read of the items of a list in %s', (text, items) => {
    const reads = readPaths(text);
    expect(reads).toHaveLength(1);
    expect(reads[0]).toMatchObject({ name: 'record', path: ['labels', 'nodes'] });
    expect([...(reads[0]?.items ?? [])].sort()).toEqual([...items].sort());
  });

  it.each([
    '{{ record.labels.nodes | length }}',
    "{{ record.labels.nodes | map('int') | list }}",
    '{% for label in record.labels.nodes %}{{ label }}{% endfor %}',
  ])('tells nothing of the items where nothing is read of them, as in %s', (text) => {
    expect(readPaths(text).filter(({ name }) => name === 'record')).toEqual([
      { name: 'record', path: ['labels', 'nodes'] },
    ]);
  });
});

describe('readPathsOfNames', () => {
  it.each([
    '{% set pages = response.pages %}{{ pages.page >= pages.total }}',
    "{% set pages = response.get('pages') or response -%}{{ (pages.get('page') or 1) >= (pages.get('total') or 1) }}",
  ])('follows the name that %s gives', (text) => {
    expect(readPathsOfNames(text)).toEqual([
      { name: 'response', path: ['pages', 'page'] },
      { name: 'response', path: ['pages', 'total'] },
    ]);
  });

  it('tells nothing of what may be a text', () => {
    const text = '{% set next = response.next %}{{ next if next is string else next.after }}';
    expect(readPathsOfNames(text)).toEqual([]);
  });
});
